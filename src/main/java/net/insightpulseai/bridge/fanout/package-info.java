/** Subscribers, and how an event that is due for one becomes a call. */
@NullMarked
package net.insightpulseai.bridge.fanout;

import org.jspecify.annotations.NullMarked;
