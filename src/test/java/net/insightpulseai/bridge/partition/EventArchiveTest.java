package net.insightpulseai.bridge.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.archive.ArchiveSettings;
import net.insightpulseai.bridge.archive.ArchiveStores;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** A partition is written into a folder, dropped, and stored again as it was. */
class EventArchiveTest {

  private static final String EVENTS =
      "select e::text from public.audit_event e where id < 1000000 order by id";

  private static final ArchiveStores STORES =
      new ArchiveStores(new ArchiveSettings("", "", "", ""), PlaintextHosts.NONE);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private TestDatabase database;
  private JdbcTemplate jdbc;

  /** More than one page, in the first partition, which is full. */
  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    jdbc = database.jdbc();
    jdbc.update(
        "insert into public.audit_event (source, event_type, resource_id, payload, meta, created_at)"
            + " select 'odoo', 'res.partner.updated', i::text,"
            + " jsonb_build_object('name', E'Zo\\u00eb\\n\"' || i, 'amount', 1.10, 'big', 12345678901234567890.123456789),"
            + " case when i % 2 = 0 then '{\"company_id\": 1}'::jsonb end, now() - interval '500 days'"
            + " from generate_series(1, 250) i");
    jdbc.queryForList("select setval('public.audit_event_id_seq', 1000000)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatWasArchivedAndDroppedIsStoredAgainAsItWas() throws Exception {
    List<String> before = jdbc.queryForList(EVENTS, String.class);
    act().write(folder.toString());
    assertThat(printed.toString(UTF_8))
        .contains("audit_event_0: 250 events, written and read back");
    assertThat(folder)
        .isDirectoryContaining("glob:**audit_event_0.ndjson.gz")
        .isDirectoryNotContaining("glob:**.part");
    assertThat(Files.readString(folder.resolve("audit_event_0.json")))
        .contains(
            "\"events\" : 250", "\"first_id\" : 1", "\"last_id\" : 250", "\"from_id\" : null");

    drop();
    jdbc.update(
        "insert into bridge.subscriber (name, kind, url) values ('crm', 'webhook', 'https://a.example')");
    act().restore(file().toString());

    assertThat(jdbc.queryForList(EVENTS, String.class)).isEqualTo(before);
    assertThat(jdbc.queryForObject("select count(*) from bridge.event_delivery", Integer.class))
        .as("deliveries of events that come back")
        .isZero();
    assertThat(
            jdbc.queryForList(
                "select bridge.old_event_partitions(interval '400 days')", String.class))
        .as("what was restored is not dropped again")
        .isEmpty();
    jdbc.update("insert into public.audit_event (source, event_type) values ('odoo', 'a.b')");
  }

  @Test
  void eventsFarApartAreCountedInSteps() throws Exception {
    jdbc.update(
        "insert into public.audit_event (id, source, event_type)"
            + " select 999990 + i, 'odoo', 'a.b' from generate_series(1, 9) i");
    act().write(folder.toString());
    assertThat(printed.toString(UTF_8)).contains("audit_event_0: 259 events");
    assertThat(Files.readString(folder.resolve("audit_event_0.json")))
        .contains("\"events\" : 259", "\"last_id\" : 999999");
  }

  @Test
  void whatIsStillBeingWrittenToIsNotArchived() throws Exception {
    try (Connection writer = database.dataSource().getConnection();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute(
          "insert into public.audit_event (id, source, event_type) values (999999, 'odoo', 'a.b')");
      assertThatThrownBy(() -> act().write(folder.toString()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("bridge.audit_event_0 is still being written to")
          .hasMessageContaining("idle in transaction");
      writer.commit();
    }
    assertThat(folder).isEmptyDirectory();
    act().write(folder.toString());
    assertThat(printed.toString(UTF_8)).contains("audit_event_0: 251 events");
  }

  @Test
  void whatIsThereIsNotWrittenAgain() throws Exception {
    act().write(folder.toString());
    byte[] first = Files.readAllBytes(file());
    act().write(folder.toString());
    assertThat(printed.toString(UTF_8)).contains("audit_event_0: there already");
    assertThat(Files.readAllBytes(file())).isEqualTo(first);
  }

  @Test
  void anArchiveThatIsNotWhatItsManifestSaysIsRefused() throws Exception {
    act().write(folder.toString());
    drop();
    byte[] data = Files.readAllBytes(file());
    data[data.length / 2] ^= 1;
    Files.write(file(), data);
    assertThatThrownBy(() -> act().restore(file().toString()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("SHA-256");

    Files.delete(folder.resolve("audit_event_0.json"));
    assertThatThrownBy(() -> act().restore(file().toString()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("nothing that can be read");
    assertThat(jdbc.queryForList("select to_regclass('bridge.audit_event_0')::text", String.class))
        .containsOnlyNulls();
  }

  @Test
  void idsThatAreThereAreNotStoredTwice() throws Exception {
    act().write(folder.toString());
    assertThatThrownBy(() -> act().restore(file().toString()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("bridge.audit_event_0");
  }

  private void drop() {
    jdbc.execute(
        "alter table public.audit_event detach partition bridge.audit_event_0 concurrently");
    jdbc.execute("drop table bridge.audit_event_0");
  }

  private Path file() {
    return folder.resolve("audit_event_0.ndjson.gz");
  }

  private ArchiveAct act() {
    return new ArchiveAct(
        database.dataSource(), STORES, Clock.systemUTC(), new PrintStream(printed, true, UTF_8));
  }
}
