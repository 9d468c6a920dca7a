package net.insightpulseai.bridge.database;

import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to connect to the database, and what to do about its schema.
 *
 * @param url {@code postgres://}, {@code postgresql://} or {@code jdbc:postgresql://}; empty for
 *     the embedded server of demo mode
 * @param sslRootCert a PEM file with the authority that signed the server's certificate, or empty
 * @param poolSize how many connections; see {@link PoolSizes}
 * @param migrate what to do about the schema at start
 * @param authenticatedRead what signed-in Supabase users may read of {@code audit_event}
 */
@ConfigurationProperties("bridge.database")
public record DatabaseSettings(
    @DefaultValue("") String url,
    @DefaultValue("") String sslRootCert,
    @DefaultValue("10") int poolSize,
    @DefaultValue("auto") Migrate migrate,
    @DefaultValue("none") AuthenticatedRead authenticatedRead) {

  static final String URL_KEY = "bridge.database.url (SUPABASE_DB_URL)";

  public DatabaseSettings {
    url = url.strip();
    sslRootCert = sslRootCert.strip();
    if (poolSize < PoolSizes.LEAST || poolSize > 200) {
      throw new StartRefused(
          "bridge.database.pool-size",
          String.valueOf(poolSize),
          "a number from " + PoolSizes.LEAST + " to 200");
    }
  }

  /** What to do about the schema at start. */
  public enum Migrate {
    /** Update it. */
    AUTO,
    /** Refuse to start unless it is up to date. */
    VALIDATE,
    /** Do not check it. */
    OFF
  }

  /** What signed-in Supabase users may read of {@code audit_event}. */
  public enum AuthenticatedRead {
    NONE,
    /** Everything but payloads. */
    METADATA,
    ALL
  }

  /** Without the URL, which holds the password. */
  @Override
  public String toString() {
    return "DatabaseSettings[poolSize=%d, migrate=%s]".formatted(poolSize, migrate);
  }
}
