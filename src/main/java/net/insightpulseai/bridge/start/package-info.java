/** What must be right before the bridge starts, and how it says what is wrong. */
@NullMarked
package net.insightpulseai.bridge.start;

import org.jspecify.annotations.NullMarked;
