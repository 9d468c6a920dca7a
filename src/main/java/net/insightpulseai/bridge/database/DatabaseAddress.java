package net.insightpulseai.bridge.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariConfig;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A database and how to connect to it.
 *
 * @param host its name or address
 * @param port TCP port
 * @param database the name of the database
 * @param username the user to connect as; empty leaves it to the driver
 * @param password the password; empty for none
 * @param parameters the parameters of the driver, including TLS
 * @param pooler whether it is behind a transaction pooler, so that no session state outlives a
 *     transaction
 * @param embedded whether it is the embedded server of demo mode
 * @param dropped the names of parameters in the URL that the driver does not know
 */
public record DatabaseAddress(
    String host,
    int port,
    String database,
    String username,
    String password,
    Map<String, String> parameters,
    boolean pooler,
    boolean embedded,
    List<String> dropped) {

  /**
   * The database in the settings.
   *
   * @param plaintext where a connection without TLS is allowed
   * @throws StartRefused if the settings have no URL, or an invalid one
   */
  public static DatabaseAddress of(DatabaseSettings settings, PlaintextHosts plaintext) {
    if (settings.url().isEmpty()) {
      throw new StartRefused(
          DatabaseSettings.URL_KEY,
          "nothing",
          "the address of your database, as Supabase's dashboard shows it; to try the bridge without one, run mvn spring-boot:run");
    }
    return DatabaseUrl.read(settings, plaintext);
  }

  /** The address without credentials and parameters. */
  public String jdbcUrl() {
    return "jdbc:postgresql://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + port
        + "/"
        + URLEncoder.encode(database, UTF_8);
  }

  /** A new connection, without a time limit on statements; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), properties());
  }

  /** A source of new connections without a time limit on statements. */
  public DataSource dataSource() {
    return new DriverManagerDataSource(jdbcUrl(), properties());
  }

  Properties properties() {
    Properties properties = new Properties();
    properties.putAll(parameters);
    if (!username.isEmpty()) {
      properties.setProperty("user", username);
    }
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    return properties;
  }

  HikariConfig pool(int size) {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(jdbcUrl());
    pool.setDataSourceProperties(properties());
    pool.addDataSourceProperty("socketTimeout", parameters.getOrDefault("socketTimeout", "60"));
    pool.setMaximumPoolSize(size);
    // Supabase allows few connections, so idle ones are closed.
    pool.setMinimumIdle(1);
    pool.setIdleTimeout(60_000);
    pool.setConnectionTimeout(10_000);
    // Supabase's proxies close connections that are idle or old.
    pool.setKeepaliveTime(120_000);
    pool.setMaxLifetime(1_500_000);
    return pool;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "%s@%s:%d/%s".formatted(username, host, port, database);
  }
}
