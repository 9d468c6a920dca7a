/** Applies edits of the route files while the bridge runs. */
@NullMarked
package net.insightpulseai.bridge.reload;

import org.jspecify.annotations.NullMarked;
