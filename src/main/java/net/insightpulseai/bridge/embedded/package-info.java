/** An embedded PostgreSQL for demo mode and tests. */
@NullMarked
package net.insightpulseai.bridge.embedded;

import org.jspecify.annotations.NullMarked;
