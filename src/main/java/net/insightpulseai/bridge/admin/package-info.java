/** What an operator sees and does: management port, metrics, health, the doctor. */
@NullMarked
package net.insightpulseai.bridge.admin;

import org.jspecify.annotations.NullMarked;
