/**
 * Partitions of the table of events: made ahead, dropped when old, and made of an existing table.
 */
@NullMarked
package net.insightpulseai.bridge.partition;

import org.jspecify.annotations.NullMarked;
