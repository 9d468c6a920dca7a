/** Subscribers that fetch their events. */
@NullMarked
package net.insightpulseai.bridge.pull;

import org.jspecify.annotations.NullMarked;
