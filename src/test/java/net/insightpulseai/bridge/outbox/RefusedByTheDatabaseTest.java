package net.insightpulseai.bridge.outbox;

import static net.insightpulseai.bridge.outbox.EngineFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One row that the database cannot handle stops no other. */
class RefusedByTheDatabaseTest {

  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(TestDatabase.fresh());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aRuleThatSomebodyPutOnTheAuditTableKeepsNoActionFromEnding() {
    fixture.jdbc.execute(
        """
        create function public.no_audit() returns trigger language plpgsql as $$
        begin
          if new.payload ->> 'action' = 'x.forbidden' then raise exception 'not here'; end if;
          return new;
        end $$;
        create trigger no_audit before insert on public.audit_event
          for each row execute function public.no_audit();
        """);
    long refused = fixture.insert("x.forbidden", "{}");
    long other = fixture.insert("x.y", "{}");
    fixture.engine("a", row -> ok());
    fixture.awaitStatus(refused, "applied");
    fixture.awaitStatus(other, "applied");
    long later = fixture.insert("x.y", "{}");
    fixture.awaitStatus(later, "applied");
  }

  @Test
  void aDeadRowGetsALetterWhateverElseIsRefused() {
    refuse("public.audit_event", "no_audit");
    long dead = fixture.insert("x.y", "{}");
    fixture.engine("a", row -> Outcome.dead("rejected", "no"));
    fixture.awaitStatus(dead, "error");
    assertThat(fixture.jdbc.queryForMap("select * from bridge.dead_letter"))
        .containsEntry("row_id", dead)
        .containsEntry("reason", "rejected")
        .containsEntry("attempts", 1)
        .containsEntry("payload", null);
    assertThat(fixture.row(dead)).containsEntry("attempts", 1);

    refuse("bridge.dead_letter", "no_letter");
    long without = fixture.insert("x.y", "{}");
    fixture.awaitStatus(without, "error");
  }

  @Test
  void outcomesThatTakeTooLongTogetherAreWrittenOneByOne() {
    fixture.limit("statement_timeout", "1s");
    fixture.jdbc.execute(
        """
        create function public.slow_audit() returns trigger language plpgsql as $$
        begin perform pg_sleep(0.05); return new; end $$;
        create trigger slow_audit before insert on public.audit_event
          for each row execute function public.slow_audit();
        """);
    fixture.jdbc.update(
        "insert into public.odoo_action_outbox (action, args)"
            + " select 'x.y', jsonb_build_object('id', i) from generate_series(1, 150) i");
    fixture.engine("a", row -> ok());
    fixture.awaitCount("status = 'applied'", 150);
  }

  private void refuse(String table, String name) {
    fixture.jdbc.execute(
        """
        create function public.%2$s() returns trigger language plpgsql as $$
        begin raise exception 'not here'; end $$;
        create trigger %2$s before insert on %1$s for each row execute function public.%2$s();
        """
            .formatted(table, name));
  }

  @Test
  void aRowThatIsTooLargeAsTextIsADeadLetterAndHidesNoOther() {
    long huge = fixture.insert("x.y", "{}");
    fixture.jdbc.update(
        "update public.odoo_action_outbox set args = jsonb_build_object('text', repeat('x', 17000000))");
    long other = fixture.insert("x.y", "{}");
    fixture.engine("a", row -> ok());
    fixture.awaitStatus(huge, "error");
    fixture.awaitStatus(other, "applied");
    assertThat(fixture.jdbc.queryForMap("select * from bridge.dead_letter"))
        .containsEntry("reason", "unreadable")
        .containsEntry("row_id", huge);
  }
}
