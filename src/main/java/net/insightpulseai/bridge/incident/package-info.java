/** What needs a person: found by every replica, reported once, as events that anybody may take. */
@NullMarked
package net.insightpulseai.bridge.incident;

import org.jspecify.annotations.NullMarked;
