package net.insightpulseai.bridge.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.config.StartRefused;

/** Makes sure that rows and passwords cross a network encrypted, to the server that we mean. */
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
          "verify-full, so that nobody in between reads the rows");
    }
    parameters.putIfAbsent("sslmode", "verify-full");
    if (!parameters.containsKey("sslrootcert")
        && parameters.getOrDefault("sslmode", "").startsWith("verify")) {
      // The machine's own authorities, instead of a file in the home folder that hardly anyone has.
      parameters.putIfAbsent("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }
}
