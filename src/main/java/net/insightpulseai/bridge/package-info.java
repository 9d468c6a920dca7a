/** The Odoo and Supabase bridge: start here, then read {@code routes/}. */
@NullMarked
package net.insightpulseai.bridge;

import org.jspecify.annotations.NullMarked;
