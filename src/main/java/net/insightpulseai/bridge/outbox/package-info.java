/** The queue engine: claim, lease, route, ack. One mechanism for actions and for deliveries. */
@NullMarked
package net.insightpulseai.bridge.outbox;

import org.jspecify.annotations.NullMarked;
