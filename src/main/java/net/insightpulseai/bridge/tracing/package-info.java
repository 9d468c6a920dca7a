/** Spans of what the bridge does, sent to an OpenTelemetry collector. Off without its address. */
@NullMarked
package net.insightpulseai.bridge.tracing;

import org.jspecify.annotations.NullMarked;
