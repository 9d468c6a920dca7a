/** Checks what is written in the settings: keys that do not exist, and values without a unit. */
@NullMarked
package net.insightpulseai.bridge.settings;

import org.jspecify.annotations.NullMarked;
