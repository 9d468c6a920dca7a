/** Calls to addresses that somebody else chose: which of them may be called, and how. */
@NullMarked
package net.insightpulseai.bridge.egress;

import org.jspecify.annotations.NullMarked;
