/** The public HTTP border: admission, limits, CORS, and how a refusal is answered. */
@NullMarked
package net.insightpulseai.bridge.http;

import org.jspecify.annotations.NullMarked;
