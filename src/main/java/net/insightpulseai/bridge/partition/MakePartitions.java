package net.insightpulseai.bridge.partition;

import javax.sql.DataSource;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.retention.RetentionSettings;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Makes the partitions ahead that new events will need, where the bridge keeps events in
 * partitions. All replicas may ask at once: one makes them.
 */
@Component("makePartitions")
class MakePartitions implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(MakePartitions.class);
  private static final int TIMEOUT_SECONDS = 20;

  private final JdbcTemplate jdbc;
  private final RetentionSettings settings;
  private final String sql = SqlFile.read("partition/make");

  MakePartitions(
      @Qualifier("requestDatabase") DataSource requestDatabase, RetentionSettings settings) {
    this.jdbc = new JdbcTemplate(requestDatabase);
    this.jdbc.setQueryTimeout(TIMEOUT_SECONDS);
    this.settings = settings;
  }

  @Override
  public void process(Exchange exchange) {
    Integer made =
        jdbc.queryForObject(
            sql, Integer.class, settings.partitionRows(), settings.partitionsAhead());
    if (made != null && made > 0) {
      LOG.info("Made {} partitions for new events", made);
    }
  }
}
