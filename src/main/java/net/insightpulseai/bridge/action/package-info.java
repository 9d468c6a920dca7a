/** Actions by HTTP: queue one and wait for its outcome. */
@NullMarked
package net.insightpulseai.bridge.action;

import org.jspecify.annotations.NullMarked;
