/** The jar's own commands: {@code java -jar odoo-supabase-bridge.jar doctor} and others. */
@NullMarked
package net.insightpulseai.bridge.command;

import org.jspecify.annotations.NullMarked;
