/**
 * Checks route files before they run: at the start, by the doctor, and by the command {@code
 * routes-check}.
 */
@NullMarked
package net.insightpulseai.bridge.routecheck;

import org.jspecify.annotations.NullMarked;
