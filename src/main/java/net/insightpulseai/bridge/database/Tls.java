package net.insightpulseai.bridge.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;

/**
 * Makes sure that rows and passwords cross a network only encrypted, and only to the intended
 * server.
 */
final class Tls {

  private static final Set<String> MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  private static final String ROOT_CERT_KEY =
      "bridge.database.ssl-root-cert (SUPABASE_DB_SSL_ROOT_CERT)";

  private Tls() {}

  static void complete(
      Map<String, String> parameters, String host, String rootCert, PlaintextHosts plaintext) {
    String mode = parameters.get("sslmode");
    if (mode != null && !MODES.contains(mode)) {
      throw new StartRefused("sslmode in " + DatabaseSettings.URL_KEY, mode, "verify-full");
    }
    if (!rootCert.isEmpty()) {
      parameters.put("sslrootcert", readable(ROOT_CERT_KEY, rootCert));
    } else if (parameters.containsKey("sslrootcert")) {
      String inUrl = parameters.getOrDefault("sslrootcert", "");
      readable("sslrootcert in " + DatabaseSettings.URL_KEY, inUrl);
    }
    if (plaintext.allow(host)) {
      return;
    }
    // "prefer" does without TLS when the server, or someone in between, says that it has none.
    if ("disable".equals(mode) || "allow".equals(mode) || "prefer".equals(mode)) {
      throw new StartRefused(
          "sslmode in " + DatabaseSettings.URL_KEY,
          mode + " for " + host + ", which is not this machine",
          "verify-full; " + PlaintextHosts.REMEDY);
    }
    parameters.putIfAbsent("sslmode", "verify-full");
    if (!parameters.containsKey("sslrootcert")
        && parameters.getOrDefault("sslmode", "").startsWith("verify")) {
      // Trust the JDK's authorities. The driver's default is a file in the home folder, which is
      // rarely there.
      parameters.putIfAbsent("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
  }

  private static String readable(String key, String file) {
    if (!Files.isReadable(Path.of(file))) {
      throw new StartRefused(
          key,
          file + ", which cannot be read",
          "a PEM file: in Supabase's dashboard under Database, Settings, SSL configuration");
    }
    return file;
  }
}
