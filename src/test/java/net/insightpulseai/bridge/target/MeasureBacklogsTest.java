package net.insightpulseai.bridge.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.outbox.CircuitBreakers;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The backlog of each target as metrics. */
class MeasureBacklogsTest {

  private static final Tags ODOO = Tags.of("target", "odoo", "subscriber", "");
  private static final Tags CRM = Tags.of("target", "subscriber:1", "subscriber", "crm");
  private static final Offset<Double> A_MINUTE = Offset.offset(60.0);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MeasureBacklogs measure =
      new MeasureBacklogs(meters, new CircuitBreakers(List.of(), Clock.systemUTC()));

  private TestDatabase database;
  private JdbcTemplate jdbc;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    jdbc = database.jdbc();
    jdbc.update(
        "insert into bridge.subscriber (name, kind, url) values ('crm', 'webhook', 'https://a.example')");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aTargetWithoutRowsIsThereWithZeros() throws Exception {
    measure();
    for (Tags target : List.of(ODOO, CRM)) {
      assertThat(value("bridge.target.rows", target)).isZero();
      assertThat(value("bridge.target.oldest.due", target)).isZero();
      assertThat(value("bridge.target.circuit.open", target)).isZero();
    }
  }

  @Test
  void rowsAreCountedAndTheOldestDueOneIsTimedWithAndWithoutLanes() throws Exception {
    jdbc.update(
        "insert into public.odoo_action_outbox (action, args, ordering_key, next_attempt_at) values"
            + " ('a.b', '{}', '', now() - interval '10 minutes'),"
            + " ('a.b', '{}', 'x:1', now() - interval '20 minutes'),"
            + " ('a.b', '{}', 'x:2', now() + interval '1 hour')");
    jdbc.update("insert into public.audit_event (source, event_type) values ('odoo', 'a.b')");
    jdbc.update("update bridge.event_delivery set next_attempt_at = now() - interval '5 minutes'");
    measure();
    assertThat(value("bridge.target.rows", ODOO)).isEqualTo(3);
    assertThat(value("bridge.target.oldest.due", ODOO)).isCloseTo(1200, A_MINUTE);
    assertThat(value("bridge.target.rows", CRM)).isEqualTo(1);
    assertThat(value("bridge.target.oldest.due", CRM)).isCloseTo(300, A_MINUTE);
  }

  @Test
  void aStoppedTargetIsNotLateAndADeletedOneIsGone() throws Exception {
    jdbc.update(
        "insert into public.odoo_action_outbox (action, args, next_attempt_at) values"
            + " ('a.b', '{}', now() - interval '10 minutes')");
    jdbc.update("update bridge.target set state = 'paused' where name = 'odoo'");
    measure();
    assertThat(value("bridge.target.rows", ODOO)).isEqualTo(1);
    assertThat(value("bridge.target.oldest.due", ODOO)).isZero();

    jdbc.update("delete from bridge.subscriber");
    measure();
    assertThat(meters.find("bridge.target.rows").tags(CRM).gauge()).isNull();
  }

  private void measure() throws Exception {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(jdbc.queryForList(SqlFile.read("lookup/target_backlogs")));
    measure.process(exchange);
  }

  private double value(String name, Tags tags) {
    return meters.get(name).tags(tags).gauge().value();
  }
}
