/** Targets over HTTP: what is sent to, what is stopped and by whom, and an operator's pause. */
@NullMarked
package net.insightpulseai.bridge.target;

import org.jspecify.annotations.NullMarked;
