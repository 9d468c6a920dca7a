package net.insightpulseai.bridge.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.embedded.EmbeddedPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The database. Its schema is up to date before a connection is handed out. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseConfiguration.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  // The embedded server is an argument, so that it stops after everything that uses the database.
  @Bean
  DatabaseAddress databaseAddress(
      DatabaseSettings settings,
      PlaintextHosts plaintext,
      ObjectProvider<EmbeddedPostgres> embedded) {
    EmbeddedPostgres server = embedded.getIfAvailable();
    if (server != null) {
      return EmbeddedAddress.of(server);
    }
    DatabaseAddress address = DatabaseAddress.of(settings, plaintext);
    if (!address.dropped().isEmpty()) {
      LOG.warn(
          "{}: parameters that the driver does not know are ignored: {}",
          DatabaseSettings.URL_KEY,
          String.join(", ", address.dropped()));
    }
    return address;
  }

  @Bean
  DatabaseMode databaseMode(DatabaseAddress address) {
    return new DatabaseMode(address.pooler(), !address.pooler());
  }

  @Bean
  ListenConnections listenConnections(DatabaseAddress address) {
    return address::connect;
  }

  /**
   * @param writers as many connections as threads commit events
   */
  @Bean
  DatabasePools databasePools(
      DatabaseAddress address,
      DatabaseSettings settings,
      @Value("${bridge.ingest.writers:2}") int writers) {
    new DatabaseStart(address, settings, PATIENCE).prepare();
    return new DatabasePools(address, PoolSizes.of(settings.poolSize(), writers));
  }

  /** For whatever names no other. */
  @Bean
  @Primary
  HikariDataSource dataSource(DatabasePools pools) {
    return pools.admin();
  }

  @Bean
  HikariDataSource ingestDatabase(DatabasePools pools) {
    return pools.ingest();
  }

  @Bean
  HikariDataSource engineDatabase(DatabasePools pools) {
    return pools.engine();
  }

  /** For the question whether the database answers. */
  @Bean
  HikariDataSource healthDatabase(DatabasePools pools) {
    return pools.health();
  }

  /** For the {@code sql:} steps of all routes. */
  @Bean
  HikariDataSource requestDatabase(DatabasePools pools) {
    return pools.requests();
  }
}
