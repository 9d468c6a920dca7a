/** Deletes finished rows after their retention period. */
@NullMarked
package net.insightpulseai.bridge.retention;

import org.jspecify.annotations.NullMarked;
