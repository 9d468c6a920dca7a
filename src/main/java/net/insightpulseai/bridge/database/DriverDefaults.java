package net.insightpulseai.bridge.database;

import java.util.Map;

/** What the driver needs on the way to Supabase, unless the URL says otherwise. */
final class DriverDefaults {

  private DriverDefaults() {}

  static void complete(Map<String, String> parameters, boolean pooler) {
    parameters.putIfAbsent("ApplicationName", "odoo-supabase-bridge");
    // Lets the driver send its settings with the start-up packet, not as SET, which a pooler loses.
    parameters.putIfAbsent("assumeMinServerVersion", "13");
    // The detail of a refused row quotes the row, and messages reach the log.
    parameters.putIfAbsent("logServerErrorDetail", "false");
    parameters.putIfAbsent("connectTimeout", "10");
    parameters.putIfAbsent("tcpKeepAlive", "true");
    parameters.putIfAbsent("gssEncMode", "disable");
    parameters.putIfAbsent("reWriteBatchedInserts", "true");
    if (pooler) {
      // The next transaction may run on another server connection, which knows no named statement.
      parameters.put("prepareThreshold", "0");
      parameters.put("preparedStatementCacheQueries", "0");
    }
  }
}
