package net.insightpulseai.bridge.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts of group commit together. */
@Configuration(proxyBeanMethods = false)
class IngestConfiguration {

  /** How long a caller waits, and a statement may take. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(15);

  @Bean
  GroupCommit groupCommit(DataSource dataSource, IngestSettings settings, MeterRegistry registry) {
    // The border lets in maxRequests at once: a queue of that many is never the bottleneck.
    return new GroupCommit(
        new EventLedger(new DistinctEvents(new EventTable(dataSource, LIMIT))),
        new SubmissionQueue(settings.maxRequests(), settings.batch()),
        new IngestMetrics(registry),
        settings.writers(),
        SHUTDOWN_LIMIT);
  }
}
