/**
 * Editions of the routes: when routes are replaced, what has begun goes on in those it began in,
 * and what begins afterwards runs in the new ones.
 */
@NullMarked
package net.insightpulseai.bridge.edition;

import org.jspecify.annotations.NullMarked;
