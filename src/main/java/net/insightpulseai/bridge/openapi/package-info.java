/** The OpenAPI description as a page that needs nothing but itself. */
@NullMarked
package net.insightpulseai.bridge.openapi;

import org.jspecify.annotations.NullMarked;
