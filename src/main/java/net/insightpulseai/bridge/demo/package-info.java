/** Demo mode: an embedded database, simulated systems, and a tour of two events and one action. */
@NullMarked
package net.insightpulseai.bridge.demo;

import org.jspecify.annotations.NullMarked;
