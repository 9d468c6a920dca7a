/** Deliveries: an event is signed and sent to a subscriber, and the answer is judged. */
@NullMarked
package net.insightpulseai.bridge.delivery;

import org.jspecify.annotations.NullMarked;
