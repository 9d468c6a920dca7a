/** Deletes what is finished and old. */
@NullMarked
package net.insightpulseai.bridge.retention;

import org.jspecify.annotations.NullMarked;
