package net.insightpulseai.bridge.database;

import static net.insightpulseai.bridge.database.DatabaseSettings.URL_KEY;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * Reads a database URL in the forms in use: from the dashboard of Supabase, a tool, or a JDBC
 * manual.
 */
final class DatabaseUrl {

  private static final String EXPECTED =
      "postgresql://user:password@host:5432/postgres as Supabase's dashboard shows it, or jdbc:postgresql://host:5432/postgres?user=…&password=…";

  // The password extends to the last @, so that one that is not percent-encoded works, too.
  private static final Pattern FORM =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>.*))?@)?"
              + "(?<host>\\[[0-9a-fA-F:.%]+]|[^\\[\\]:/?@,\\s]+)(?::(?<port>\\d{1,5}))?"
              + "(?:/(?<database>[^?/]*))?(?:\\?(?<query>[^@]*))?");

  private static final Map<String, String> NAMES_OF_LIBPQ =
      Map.of("connect_timeout", "connectTimeout", "application_name", "ApplicationName");

  private DatabaseUrl() {}

  /** Reads the URL in the settings, and fills in the defaults for TLS and for a pooler. */
  static DatabaseAddress read(DatabaseSettings settings, PlaintextHosts plaintext) {
    String url = settings.url();
    Matcher parts = FORM.matcher(url);
    if (!parts.matches()) {
      throw new StartRefused(URL_KEY, "text that is not a PostgreSQL URL", EXPECTED);
    }
    String password = decode(parts.group("password"));
    if (password.equals("[YOUR-PASSWORD]")) {
      throw new StartRefused(
          URL_KEY, "the dashboard's placeholder [YOUR-PASSWORD]", "the password");
    }
    int port = parts.group("port") == null ? 5432 : Integer.parseInt(parts.group("port"));
    if (port < 1 || port > 65535) {
      throw new StartRefused(URL_KEY, "port " + port, "a port from 1 to 65535");
    }
    String database = decode(parts.group("database"));
    Map<String, String> given = query(parts.group("query"));
    boolean pooler = port == 6543 || Boolean.parseBoolean(given.remove("pgbouncer"));

    Map<String, String> parameters = new LinkedHashMap<>();
    List<String> dropped = new ArrayList<>();
    given.forEach(
        (name, value) -> {
          if (PGProperty.forName(name) == null) {
            dropped.add(name);
          } else {
            parameters.put(name, value);
          }
        });
    String userInQuery = parameters.remove("user");
    String passwordInQuery = parameters.remove("password");
    String host = parts.group("host").replaceAll("[\\[\\]]", "");
    Tls.complete(parameters, host, settings.sslRootCert(), plaintext);
    DriverDefaults.complete(parameters, pooler);
    return new DatabaseAddress(
        host,
        port,
        database.isEmpty() ? "postgres" : database,
        userInQuery != null ? userInQuery : decode(parts.group("user")),
        passwordInQuery != null ? passwordInQuery : password,
        Map.copyOf(parameters),
        pooler,
        false,
        List.copyOf(dropped));
  }

  private static Map<String, String> query(@Nullable String text) {
    Map<String, String> values = new LinkedHashMap<>();
    if (text == null || text.isEmpty()) {
      return values;
    }
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String name = pair.substring(0, equals);
        values.put(
            NAMES_OF_LIBPQ.getOrDefault(name.toLowerCase(Locale.ROOT), name),
            decode(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decode(@Nullable String text) {
    if (text == null) {
      return "";
    }
    try {
      // A plus stands for itself, not for a blank as in forms.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new StartRefused(
          URL_KEY, "a % without two hex digits after it", "%25 for a percent sign in the password");
    }
  }
}
