/** The heartbeat: an action to Odoo and an event back, both timed. */
@NullMarked
package net.insightpulseai.bridge.heartbeat;

import org.jspecify.annotations.NullMarked;
