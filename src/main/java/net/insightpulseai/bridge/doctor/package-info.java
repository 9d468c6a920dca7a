/** Checks a configuration against the real database, Odoo and Supabase. */
@NullMarked
package net.insightpulseai.bridge.doctor;

import org.jspecify.annotations.NullMarked;
