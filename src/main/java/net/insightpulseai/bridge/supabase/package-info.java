/** What Supabase itself sends: Database Webhooks. */
@NullMarked
package net.insightpulseai.bridge.supabase;

import org.jspecify.annotations.NullMarked;
