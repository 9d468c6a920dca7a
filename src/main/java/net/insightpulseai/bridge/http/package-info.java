/** The edge of the public port: admission, limits, CORS, and the answers to refused requests. */
@NullMarked
package net.insightpulseai.bridge.http;

import org.jspecify.annotations.NullMarked;
