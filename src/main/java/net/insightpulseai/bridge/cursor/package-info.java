/** Reads the stored events on from a position, in an order in which none is passed over. */
@NullMarked
package net.insightpulseai.bridge.cursor;

import org.jspecify.annotations.NullMarked;
