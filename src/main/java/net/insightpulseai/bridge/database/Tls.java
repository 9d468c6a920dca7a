package net.insightpulseai.bridge.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.config.StartRefused;

/**
 * Makes sure that rows and passwords cross a network only encrypted, and only to the intended
 * server.
 */
final class Tls {

  private static final Set<String> MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  private Tls() {}

  static void complete(Map<String, String> parameters, String host, String rootCert) {
    String mode = parameters.get("sslmode");
    if (mode != null && !MODES.contains(mode)) {
      throw new StartRefused("sslmode in " + DatabaseSettings.URL_KEY, mode, "verify-full");
    }
    if (!rootCert.isEmpty()) {
      if (!Files.isReadable(Path.of(rootCert))) {
        throw new StartRefused(
            "bridge.database.ssl-root-cert (SUPABASE_DB_SSL_ROOT_CERT)",
            rootCert + ", which cannot be read",
            "a PEM file: in Supabase's dashboard under Database, Settings, SSL configuration");
      }
      parameters.put("sslrootcert", rootCert);
    }
    if (isLoopback(host)) {
      return;
    }
    if ("disable".equals(mode) || "allow".equals(mode)) {
      throw new StartRefused(
          "sslmode in " + DatabaseSettings.URL_KEY,
          mode + " for " + host + ", which is not this machine",
          "verify-full, so that the rows cannot be read on the way");
    }
    parameters.putIfAbsent("sslmode", "verify-full");
    if (!parameters.containsKey("sslrootcert")
        && parameters.getOrDefault("sslmode", "").startsWith("verify")) {
      // Trust the JDK's authorities. The driver's default is a file in the home folder, which is
      // rarely there.
      parameters.putIfAbsent("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }
}
