/** Subscribers: what they are, their secrets, and the API that manages them. */
@NullMarked
package net.insightpulseai.bridge.subscriber;

import org.jspecify.annotations.NullMarked;
