/** Base URLs, route placeholders, the mode and start errors, which all packages use. */
@NullMarked
package net.insightpulseai.bridge.config;

import org.jspecify.annotations.NullMarked;
