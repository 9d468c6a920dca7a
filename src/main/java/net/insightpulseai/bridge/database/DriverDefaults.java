package net.insightpulseai.bridge.database;

import java.util.Map;
import net.insightpulseai.bridge.config.Product;

/** Parameters that the driver needs for Supabase, unless the URL sets them. */
final class DriverDefaults {

  private DriverDefaults() {}

  static void complete(Map<String, String> parameters, boolean pooler) {
    parameters.putIfAbsent("ApplicationName", Product.NAME);
    // Makes the driver send its settings in the startup packet, not by SET, which a pooler loses.
    parameters.putIfAbsent("assumeMinServerVersion", "13");
    // The detail of an error quotes the row, and messages are logged.
    parameters.putIfAbsent("logServerErrorDetail", "false");
    parameters.putIfAbsent("connectTimeout", "10");
    parameters.putIfAbsent("tcpKeepAlive", "true");
    parameters.putIfAbsent("gssEncMode", "disable");
    parameters.putIfAbsent("reWriteBatchedInserts", "true");
    if (pooler) {
      // The next transaction may run on another server connection, without the named statement.
      parameters.put("prepareThreshold", "0");
      parameters.put("preparedStatementCacheQueries", "0");
    }
  }
}
