/** What every package uses to read settings: base URLs, route placeholders, and start errors. */
@NullMarked
package net.insightpulseai.bridge.config;

import org.jspecify.annotations.NullMarked;
