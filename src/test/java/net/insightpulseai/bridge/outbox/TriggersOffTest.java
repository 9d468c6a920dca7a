package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;

/** Rows that came while triggers were off, as pg_restore and logical replication insert them. */
class TriggersOffTest {

  @Test
  void anActionWithoutLaneAndKeyIsCompletedAndSent() {
    try (EngineFixture fixture = new EngineFixture(TestDatabase.fresh())) {
      fixture.jdbc.execute("alter table public.odoo_action_outbox disable trigger all");
      long bare = fixture.insert("res.partner.update", "{\"id\": 7}");
      long named = fixture.insertFor("odoo", "own:1");
      fixture.jdbc.execute("alter table public.odoo_action_outbox enable trigger all");
      assertThat(fixture.row(bare).get("ordering_key")).isNull();

      QueueEngine engine = fixture.engine("a", row -> ok());
      engine.keeper().rescue(List.of());
      engine.wake();

      fixture.awaitStatus(bare, "applied");
      fixture.awaitStatus(named, "applied");
      assertThat(fixture.row(bare)).containsEntry("ordering_key", "res.partner:7");
      assertThat(fixture.row(named)).containsEntry("ordering_key", "own:1");
      assertThat(fixture.row(named).get("idempotency_key")).isNotNull();
    }
  }

  @Test
  void anActionWithALaneIsNotSentBeforeItHasAKey() {
    try (EngineFixture fixture = new EngineFixture(TestDatabase.fresh())) {
      fixture.jdbc.execute("alter table public.odoo_action_outbox disable trigger all");
      long bare = fixture.insertFor("odoo", "own:1");
      long unordered = fixture.insertFor("odoo", "");
      fixture.jdbc.execute("alter table public.odoo_action_outbox enable trigger all");
      long whole = fixture.insertFor("odoo", "own:2");

      QueueEngine engine = fixture.engine("a", row -> ok());
      engine.wake();
      fixture.awaitStatus(whole, "applied");
      assertThat(fixture.row(bare)).containsEntry("status", "queued").containsEntry("attempts", 0);
      assertThat(fixture.row(unordered)).containsEntry("status", "queued");

      engine.keeper().rescue(List.of());
      engine.wake();
      fixture.awaitStatus(bare, "applied");
      fixture.awaitStatus(unordered, "applied");
    }
  }
}
