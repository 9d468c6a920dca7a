/** Delivers stored events again: a request is counted first, then a recorded job walks them. */
@NullMarked
package net.insightpulseai.bridge.replay;

import org.jspecify.annotations.NullMarked;
