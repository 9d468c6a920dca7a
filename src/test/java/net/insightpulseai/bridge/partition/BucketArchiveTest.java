package net.insightpulseai.bridge.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.archive.ArchiveSettings;
import net.insightpulseai.bridge.archive.ArchiveStores;
import net.insightpulseai.bridge.archive.S3Server;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.retention.RetentionSettings;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** A partition goes into a bucket of a real server before it is dropped, and comes back from it. */
class BucketArchiveTest {

  private static final String EVENTS =
      "select e::text from public.audit_event e where id < 1000000 order by id";

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir private static Path folder;

  private static S3Server server;

  /** Of each test its own. */
  private final String prefix = UUID.randomUUID().toString();

  private final String place = "s3://" + S3Server.BUCKET + "/" + prefix;
  private final String data = prefix + "/audit_event_0.ndjson.gz";
  private TestDatabase database;
  private JdbcTemplate jdbc;

  @BeforeAll
  static void start() throws IOException {
    server = new S3Server(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    jdbc = database.jdbc();
    fill("Zoë");
  }

  /** The first partition, which is full and old, and one event in the next. */
  private void fill(String name) {
    jdbc.update(
        "insert into public.audit_event (source, event_type, resource_id, payload, created_at)"
            + " select 'odoo', 'res.partner.updated', i::text, jsonb_build_object('name', ? || i),"
            + " clock_timestamp() - interval '500 days' from generate_series(1, 250) i",
        name);
    jdbc.queryForList("select setval('public.audit_event_id_seq', 1000000)");
    jdbc.update("insert into public.audit_event (source, event_type) values ('odoo', 'a.b')");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatRetentionArchivedAndDroppedIsStoredAgainAsItWas() throws Exception {
    List<String> before = jdbc.queryForList(EVENTS, String.class);
    dropOld();
    assertThat(server.objects()).contains(prefix + "/audit_event_0.json", data);
    assertThat(jdbc.queryForList(EVENTS, String.class)).isEmpty();

    act().restore("s3://" + S3Server.BUCKET + "/" + data);
    assertThat(jdbc.queryForList(EVENTS, String.class)).isEqualTo(before);
    dropOld();
    assertThat(jdbc.queryForList(EVENTS, String.class)).as("it is kept").hasSize(250);
  }

  @Test
  void theCommandWritesWhatIsNotThere() throws Exception {
    act().write(place);
    act().write(place);
    assertThat(printed.toString(UTF_8))
        .contains("audit_event_0: 250 events, written and read back")
        .contains("audit_event_0: there already");
  }

  @Test
  void whatCannotBeReadBackIsNotDropped() throws Exception {
    act().write(place);
    Path file = server.object(data);
    byte[] good = Files.readAllBytes(file);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    Files.write(file, bad);
    assertThatThrownBy(this::dropOld)
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("SHA-256");
    assertThatThrownBy(() -> act().restore("s3://" + S3Server.BUCKET + "/" + data))
        .isInstanceOf(StartRefused.class);
    assertThat(jdbc.queryForList(EVENTS, String.class)).hasSize(250);

    Files.write(file, good);
    dropOld();
    assertThat(jdbc.queryForList(EVENTS, String.class)).isEmpty();
  }

  @Test
  void anArchiveOfAnotherDatabaseWithTheSameIdsIsNotTakenForThisOnes() throws Exception {
    act().write(place);
    database.close();
    database = TestDatabase.fresh();
    jdbc = database.jdbc();
    fill("Zoë");
    assertThatThrownBy(this::dropOld)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(place + "/audit_event_0.ndjson.gz holds other events");
    assertThatThrownBy(() -> act().write(place)).isInstanceOf(IOException.class);
    assertThat(jdbc.queryForList(EVENTS, String.class)).hasSize(250);
  }

  @Test
  void whileTheServerIsAwayNothingIsDropped() {
    ArchiveStores away =
        new ArchiveStores(
            new ArchiveSettings("http://127.0.0.1:1", "us-east-1", "key", "secret"),
            PlaintextHosts.NONE);
    assertThatThrownBy(() -> dropOld(away))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(place + "/audit_event_0.json");
    assertThat(jdbc.queryForList(EVENTS, String.class)).hasSize(250);
  }

  private void dropOld() throws IOException {
    dropOld(server.stores());
  }

  private void dropOld(ArchiveStores stores) throws IOException {
    RetentionSettings settings =
        new RetentionSettings(
            Duration.ofDays(7),
            Duration.ofDays(30),
            Duration.ofDays(400),
            Duration.ofMinutes(10),
            1_000_000,
            place);
    new DropPartitions(database.dataSource(), settings, stores, Clock.systemUTC())
        .process(new DefaultExchange(new DefaultCamelContext()));
  }

  private ArchiveAct act() {
    return new ArchiveAct(
        database.dataSource(),
        server.stores(),
        Clock.systemUTC(),
        new PrintStream(printed, true, UTF_8));
  }
}
