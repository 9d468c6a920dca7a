/** Dead letters: prepared, shown, requeued and discarded. */
@NullMarked
package net.insightpulseai.bridge.deadletter;

import org.jspecify.annotations.NullMarked;
