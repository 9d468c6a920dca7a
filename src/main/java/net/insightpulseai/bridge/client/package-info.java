/** The commands for daily work: they call the HTTP API of a running bridge. */
@NullMarked
package net.insightpulseai.bridge.client;

import org.jspecify.annotations.NullMarked;
