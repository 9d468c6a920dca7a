/** Odoo as a target: the signed call, what its answer means, and its ping. */
@NullMarked
package net.insightpulseai.bridge.odoo;

import org.jspecify.annotations.NullMarked;
