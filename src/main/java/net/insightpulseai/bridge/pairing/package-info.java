/** Which Odoo and which database belong together, so that a copy of either does no harm. */
@NullMarked
package net.insightpulseai.bridge.pairing;

import org.jspecify.annotations.NullMarked;
