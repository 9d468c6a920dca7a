/** Calls to addresses that subscribers choose: which are allowed, and how they are made. */
@NullMarked
package net.insightpulseai.bridge.egress;

import org.jspecify.annotations.NullMarked;
