/** What operators see and do in Hawtio: the tab Bridge, and the MBeans {@code bridge:type=…}. */
@NullMarked
package net.insightpulseai.bridge.console;

import org.jspecify.annotations.NullMarked;
