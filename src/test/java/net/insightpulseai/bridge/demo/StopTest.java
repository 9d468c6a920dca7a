package net.insightpulseai.bridge.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import net.insightpulseai.bridge.BridgeApplication;
import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import net.insightpulseai.bridge.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** A bridge that is stopped in the middle of its work, with the database that it runs itself. */
@ExtendWith(OutputCaptureExtension.class)
class StopTest {

  private final TestSubscriber subscriber = new TestSubscriber();
  private Path folder;

  @BeforeEach
  void create() throws IOException {
    folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "stop-");
  }

  @AfterEach
  void remove() throws IOException {
    subscriber.close();
    FileSystemUtils.deleteRecursively(folder);
  }

  /** Routes, timers and the engine end before the database does. */
  @Test
  void whatWasAnsweredIsWrittenAndTheDatabaseStopsLast(CapturedOutput output) throws IOException {
    subscriber.answer(this::slowly);
    ConfigurableApplicationContext bridge = start();
    JdbcTemplate jdbc = bridge.getBean(JdbcTemplate.class);
    String target = subscribe(jdbc);
    jdbc.update(
        "insert into public.audit_event (source, event_type, resource_id)"
            + " select 'odoo', 'test.started', n::text from generate_series(1, 3000) n");
    replayAll(jdbc);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                subscriber.calls().size() > 50
                    && count(jdbc, "bridge.event_delivery where replay_id is not null") > 0);
    int before = output.getAll().length();

    bridge.close();

    String said = output.getAll().substring(before);
    assertThat(said).doesNotContain("\"level\":\"ERROR\"", " ERROR ", "cannot be", "not written");
    try (EmbeddedPostgres again = EmbeddedPostgres.start(folder)) {
      JdbcTemplate left =
          new JdbcTemplate(
              new DriverManagerDataSource(
                  again.jdbcUrl("postgres"), again.username(), again.password()));
      String deliveries = "bridge.event_delivery where target = '" + target + "' and status = ";
      assertThat(count(left, deliveries + "'sent'")).isZero();
      assertThat(count(left, deliveries + "'delivered'")).isEqualTo(subscriber.calls().size());
      assertThat(count(left, deliveries + "'queued'")).isPositive();
      assertThat(count(left, "bridge.attempt where target = '" + target + "'")).isZero();
    }
  }

  private Answer slowly(TestSubscriber.Call call) {
    await().pollDelay(Duration.ofMillis(20)).until(() -> true);
    return Answer.of(204);
  }

  private ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(BridgeApplication.class)
        .profiles("demo")
        .run(
            "--bridge.demo.folder=" + folder,
            "--server.port=0",
            "--spring.jmx.enabled=false",
            "--management.server.port=0",
            "--BRIDGE_SUBSCRIBER_SLOW=whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
  }

  private String subscribe(JdbcTemplate jdbc) {
    return jdbc.queryForObject(
        "insert into bridge.subscriber (name, kind, url, event_types, secrets)"
            + " values ('slow', 'webhook', ?, '{test.*}', '[{\"ref\": \"env:BRIDGE_SUBSCRIBER_SLOW\"}]')"
            + " returning 'subscriber:' || id",
        String.class,
        subscriber.url());
  }

  private static void replayAll(JdbcTemplate jdbc) {
    jdbc.update(
        "insert into bridge.replay (filter, subscribers, rate, cursor, until_id, total, who, why)"
            + " select '{\"since\": \"2000-01-01Z\", \"until\": \"infinity\", \"event_types\": [\"test.*\"]}', array_agg(id), 1000, 0,"
            + " (select max(id) from public.audit_event), 3000, 'ann', 'a test'"
            + " from bridge.subscriber where name = 'slow'");
  }

  private static int count(JdbcTemplate jdbc, String from) {
    return jdbc.queryForObject("select count(*) from " + from, Integer.class);
  }
}
