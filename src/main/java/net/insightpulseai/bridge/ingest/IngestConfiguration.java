package net.insightpulseai.bridge.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import net.insightpulseai.bridge.http.AdmissionSettings;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the group commit. */
@Configuration(proxyBeanMethods = false)
class IngestConfiguration {

  /** How long a caller waits, and a statement may take. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(15);

  @Bean
  GroupCommit groupCommit(
      @Qualifier("ingestDatabase") DataSource dataSource,
      IngestSettings settings,
      AdmissionSettings admission,
      MeterRegistry registry,
      Clock clock) {
    EventTable table = new EventTable(dataSource, LIMIT, new StoreWarnings(registry, clock));
    // No more requests are admitted at once than this queue holds.
    return new GroupCommit(
        new EventLedger(new DistinctEvents(table)),
        new SubmissionQueue(admission.maxRequests(), settings.batch()),
        new IngestMetrics(registry),
        settings.writers(),
        SHUTDOWN_LIMIT);
  }
}
