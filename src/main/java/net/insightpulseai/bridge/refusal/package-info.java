/** How often requests were refused, in the database: it survives a restart and a flood. */
@NullMarked
package net.insightpulseai.bridge.refusal;

import org.jspecify.annotations.NullMarked;
