package net.insightpulseai.bridge.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The keys and secrets of demo mode. They are generated once and kept in a file that a shell can
 * source and only its owner can read.
 *
 * @param file {@code bridge.env}
 * @param values the values by the names of their environment variables
 */
record DemoCredentials(Path file, Map<String, String> values) {

  private static final String HEADER =
      "# Written by the bridge in demo mode. To use it: set -a; . %s; set +a\n";

  /** The credentials in a folder; missing ones are generated. */
  static DemoCredentials in(Path folder) throws IOException {
    Path file = folder.resolve("bridge.env");
    Map<String, String> values = new LinkedHashMap<>();
    if (Files.exists(file)) {
      values.putAll(read(file));
    }
    values.computeIfAbsent("EDGE_HMAC_SECRET", name -> random());
    values.computeIfAbsent("SUPABASE_SERVICE_ROLE_KEY", name -> "sb_secret_demo_" + random());
    values.computeIfAbsent("ODOO_API_TOKEN", name -> random());
    values.computeIfAbsent("BRIDGE_ENCRYPTION_KEY", name -> randomKey());
    values.computeIfAbsent("DEMO_WEBHOOK_SECRET", name -> "whsec_" + randomKey());
    values.putIfAbsent("BRIDGE_ADMIN_USER", "admin");
    values.computeIfAbsent("BRIDGE_ADMIN_PASSWORD", name -> random());
    values.computeIfAbsent("BRIDGE_VIEWER_PASSWORD", name -> random());
    DemoCredentials credentials = new DemoCredentials(file, Map.copyOf(values));
    credentials.write();
    return credentials;
  }

  /** Adds values, and writes them to the file as well. */
  DemoCredentials with(Map<String, String> more) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.putAll(more);
    DemoCredentials credentials = new DemoCredentials(file, Map.copyOf(all));
    credentials.write();
    return credentials;
  }

  String get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(file + " has no " + name);
    }
    return value;
  }

  /** The path of the file, without its content. */
  @Override
  public String toString() {
    return file.toString();
  }

  private void write() throws IOException {
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
    String text =
        values.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + "='" + entry.getValue() + "'\n")
            .collect(Collectors.joining("", HEADER.formatted(file), ""));
    // Private from the first byte, and complete at any time.
    Path unfinished =
        Files.createTempFile(
            folder,
            "bridge",
            ".env",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(unfinished, text);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Map<String, String> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(String::strip)
        .filter(line -> !line.startsWith("#") && line.indexOf('=') > 0)
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf('=')),
                line -> line.substring(line.indexOf('=') + 1).replaceAll("^'|'$", ""),
                (first, second) -> second));
  }

  private static String random() {
    return HexFormat.of().formatHex(randomBytes(24));
  }

  private static String randomKey() {
    return Base64.getEncoder().encodeToString(randomBytes(32));
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
