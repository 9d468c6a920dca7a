/** The commands of the jar, such as {@code java -jar odoo-supabase-bridge.jar doctor}. */
@NullMarked
package net.insightpulseai.bridge.command;

import org.jspecify.annotations.NullMarked;
