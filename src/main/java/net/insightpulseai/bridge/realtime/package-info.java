/** Supabase Realtime as a subscriber: one broadcast an event, over its REST endpoints. */
@NullMarked
package net.insightpulseai.bridge.realtime;

import org.jspecify.annotations.NullMarked;
