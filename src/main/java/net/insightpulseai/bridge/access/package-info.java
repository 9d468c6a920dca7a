/** Service access: keys and tokens of Supabase. */
@NullMarked
package net.insightpulseai.bridge.access;

import org.jspecify.annotations.NullMarked;
