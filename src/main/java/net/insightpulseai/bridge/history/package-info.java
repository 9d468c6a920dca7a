/** The versions of the route files in the database, and what is different between two of them. */
@NullMarked
package net.insightpulseai.bridge.history;

import org.jspecify.annotations.NullMarked;
