/** The connection to PostgreSQL, its migrations, and the SQL files. */
@NullMarked
package net.insightpulseai.bridge.database;

import org.jspecify.annotations.NullMarked;
