/** Addresses of other systems: read in one place, and called as they are written. */
@NullMarked
package net.insightpulseai.bridge.address;

import org.jspecify.annotations.NullMarked;
