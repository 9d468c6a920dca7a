/** Checks the settings before the bridge starts, and reports why it did not start. */
@NullMarked
package net.insightpulseai.bridge.start;

import org.jspecify.annotations.NullMarked;
