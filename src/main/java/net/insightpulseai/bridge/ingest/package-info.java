/** Events in: read, store once, answer. */
@NullMarked
package net.insightpulseai.bridge.ingest;

import org.jspecify.annotations.NullMarked;
