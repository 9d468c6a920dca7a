package net.insightpulseai.bridge.partition;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import net.insightpulseai.bridge.archive.ArchiveStore;
import net.insightpulseai.bridge.archive.ArchiveStores;
import net.insightpulseai.bridge.database.SqlCause;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.retention.RetentionSettings;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Removes partitions whose events are all older than the retention period and that nothing needs:
 * marks one, detaches it while events come in, and drops it. Each is a statement of its own, since
 * a concurrent detachment allows no transaction; the next pass, here or elsewhere, finishes what
 * was begun.
 */
@Component("dropPartitions")
class DropPartitions implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(DropPartitions.class);
  private static final int TIMEOUT_SECONDS = 25;
  private static final String SCHEMA = "bridge.";
  private static final String MARK = "old events, being dropped by the bridge";

  /**
   * Somebody holds a lock, a transaction that saw the partition is still open, or another replica
   * was faster.
   */
  private static final Set<String> LATER = Set.of("55P03", "57014", "55000", "42P01");

  private final JdbcTemplate jdbc;
  private final RetentionSettings settings;
  private final ArchiveStores stores;
  private final EventArchive archive;
  private final String unfinished = SqlFile.read("partition/unfinished");
  private final String old = SqlFile.read("partition/old");
  private final String marked = SqlFile.read("partition/marked");

  DropPartitions(
      @Qualifier("requestDatabase") DataSource requestDatabase,
      RetentionSettings settings,
      ArchiveStores stores,
      Clock clock) {
    this.jdbc = new JdbcTemplate(requestDatabase);
    this.jdbc.setQueryTimeout(TIMEOUT_SECONDS);
    this.settings = settings;
    this.stores = stores;
    this.archive = new EventArchive(jdbc, clock);
  }

  @Override
  public void process(Exchange exchange) throws IOException {
    try {
      endWhatWasBegun();
      List<String> names = old();
      unmarkOthers(names);
      for (String name : names) {
        // The list knows nothing of events that are not committed yet.
        archive.awaitWriters(name);
        // To archive takes minutes, in which a replay may have begun, or a stream been moved back.
        if (archived(name) && old().contains(name)) {
          detach(name);
          drop(name);
        }
      }
    } catch (DataAccessException e) {
      if (LATER.stream().noneMatch(state -> SqlCause.hasState(e, state))) {
        throw e;
      }
      LOG.info(
          "Old partitions of events are dropped later: {}", e.getMostSpecificCause().getMessage());
    }
  }

  /** The names are quoted by the server. */
  private List<String> old() {
    return jdbc.queryForList(old, String.class, age());
  }

  private long age() {
    return settings.audit().toSeconds();
  }

  /**
   * A process that ended before its detachment began leaves a mark. Without it, what an operator
   * detaches later is the operator's.
   */
  private void unmarkOthers(List<String> names) {
    for (String name : marked()) {
      if (!names.contains(name)) {
        execute("unmark", name);
      }
    }
  }

  private List<String> marked() {
    return jdbc.queryForList(marked, String.class, MARK);
  }

  /**
   * While it still takes part, so that what cannot be written is not lost from sight. It is dropped
   * only after the archive was read back, whichever instance wrote it.
   */
  private boolean archived(String name) throws IOException {
    if (settings.archiveTo().isEmpty()) {
      return true;
    }
    if (!name.startsWith(SCHEMA)) {
      LOG.warn("{} is not in schema bridge: it is neither archived nor dropped", name);
      return false;
    }
    String partition = name.substring(SCHEMA.length());
    try (ArchiveStore store = stores.open(settings.archiveTo())) {
      if (archive.write(partition, store) != null) {
        LOG.info("Archived {} in {}", name, settings.archiveTo());
      }
      archive.check(partition, store);
    }
    return true;
  }

  private void detach(String name) {
    execute("mark", name);
    try {
      execute("detach", name);
    } catch (DataAccessException e) {
      if (marked().contains(name)) {
        execute("unmark", name);
      }
      throw e;
    }
  }

  private void endWhatWasBegun() {
    List<Map<String, Object>> rows = jdbc.queryForList(unfinished, MARK, MARK);
    for (Map<String, Object> row : rows) {
      String name = String.valueOf(row.get("name"));
      if (Boolean.TRUE.equals(row.get("attached"))) {
        execute("detach_rest", name);
      }
      drop(name);
    }
  }

  /** Nobody can write into what is detached, so that this look at it is the last one. */
  private void drop(String name) {
    if (Boolean.TRUE.equals(jdbc.queryForObject(read("young", name), Boolean.class, age()))) {
      LOG.error(
          "{} was detached as a partition of old events, and holds some that are younger than"
              + " bridge.retention.audit: it is not dropped. Attach it to public.audit_event again",
          name);
      return;
    }
    execute("drop", name);
    LOG.info("Dropped {}, a partition of old events", name);
  }

  private void execute(String statement, String partition) {
    jdbc.execute(read(statement, partition));
  }

  private static String read(String statement, String partition) {
    return SqlFile.read("partition/" + statement, Map.of("partition", partition, "mark", MARK));
  }
}
