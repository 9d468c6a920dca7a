/** Odoo as a target: the signed call, what its answer means, its ping, and a simulated one. */
@NullMarked
package net.insightpulseai.bridge.odoo;

import org.jspecify.annotations.NullMarked;
