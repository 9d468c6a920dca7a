package net.insightpulseai.bridge.partition;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.archive.ArchiveSettings;
import net.insightpulseai.bridge.archive.ArchiveStores;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.retention.RetentionSettings;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.springframework.jdbc.core.JdbcTemplate;

/** One event in each of three partitions: two are old, one of them full; the last takes ids. */
final class PartitionFixture implements AutoCloseable {

  private static final ArchiveStores STORES =
      new ArchiveStores(new ArchiveSettings("", "", "", ""), PlaintextHosts.NONE);

  final TestDatabase database = TestDatabase.fresh();
  final JdbcTemplate jdbc = database.jdbc();

  PartitionFixture() {
    event(0, 900);
    event(1_000_000, 500);
    event(2_000_000, 450);
  }

  /** One event that many days ago, with an id after this one. */
  void event(long after, int days) {
    jdbc.queryForList(
        "select setval('public.audit_event_id_seq', ?, ?)", Math.max(1, after), after > 0);
    jdbc.update(
        "insert into public.audit_event (source, event_type, created_at)"
            + " values ('odoo', 'a.b', now() - make_interval(days => ?))",
        days);
  }

  /**
   * Settings under which events are old after 400 days.
   *
   * @param archiveTo where partitions are archived before they go; empty: nowhere
   */
  static RetentionSettings settings(String archiveTo) {
    return new RetentionSettings(
        Duration.ofDays(7),
        Duration.ofDays(30),
        Duration.ofDays(400),
        Duration.ofMinutes(10),
        1_000_000,
        archiveTo);
  }

  /** One pass without an archive, after which events can still be stored and deleted. */
  void dropOld() throws IOException {
    dropOld(settings(""));
  }

  /** The same with these settings. */
  void dropOld(RetentionSettings settings) throws IOException {
    new DropPartitions(database.dataSource(), settings, STORES, Clock.systemUTC())
        .process(new DefaultExchange(new DefaultCamelContext()));
    insert();
  }

  void insert() {
    jdbc.update("insert into public.audit_event (source, event_type) values ('odoo', 'a.b')");
    jdbc.update("delete from public.audit_event where event_type = 'a.b' and id > 2000001");
  }

  /** Those that take part, oldest first. */
  List<String> names() {
    return jdbc.queryForList("select name from bridge.event_partitions()", String.class);
  }

  boolean exists(String table) {
    return Boolean.TRUE.equals(
        jdbc.queryForObject("select to_regclass(?) is not null", Boolean.class, table));
  }

  @Override
  public void close() {
    database.close();
  }
}
