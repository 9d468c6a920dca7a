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
