/** The replicas on one database: which are there, and how they share the limits of the targets. */
@NullMarked
package net.insightpulseai.bridge.replica;

import org.jspecify.annotations.NullMarked;
