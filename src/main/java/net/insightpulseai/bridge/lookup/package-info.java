/** Questions about events, actions, records and correlation ids. */
@NullMarked
package net.insightpulseai.bridge.lookup;

import org.jspecify.annotations.NullMarked;
