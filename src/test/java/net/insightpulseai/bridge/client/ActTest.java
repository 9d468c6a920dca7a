package net.insightpulseai.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an operator does to dead letters and targets. */
class ActTest extends ClientFixture {

  private void deadLetters(int count) {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, status, last_error, ordering_key) select 'x.y', 'error', 'no', n::text from generate_series(1, ?) n",
            count);
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts)"
                + " select 'odoo-actions', id, target, ordering_key, 'rejected', 1 from public.odoo_action_outbox");
  }

  @Test
  void deadLettersAreRequeuedAndDiscardedWithWhoAndWhy() {
    deadLetters(3);
    assertThat(run("pause", "odoo", "--why", "a test", "--who", "ann")).as(errors()).isZero();
    assertThat(out()).isEqualTo("odoo: paused\n");

    assertThat(run("requeue", "1", "3", "--why", "mended")).as(errors()).isZero();
    assertThat(out()).isEqualTo("1: requeued\n3: requeued\n");
    assertThat(run("discard", "2", "--why", "of no use", "--json")).as(errors()).isZero();
    assertThat(out()).startsWith("{\"ok\":true,\"id\":2,\"outcome\":\"discarded\"");

    assertThat(text("select count(*) from public.odoo_action_outbox where status = 'queued'"))
        .isEqualTo("2");
    assertThat(text("select changed_by || reason from bridge.target where name = 'odoo'"))
        .isEqualTo("anna test");
    assertThat(run("resume", "odoo", "--why", "done")).as(errors()).isZero();
    assertThat(out()).isEqualTo("odoo: running\n");
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    assertThat(run("requeue", "--why", "x")).isEqualTo(2);
    assertThat(errors()).contains("expected requeue ID ...");
    assertThat(run("requeue", "1")).isEqualTo(2);
    assertThat(errors()).contains("--why is missing");
    assertThat(run("requeue", "4711", "--why", "x")).isOne();
    assertThat(errors()).contains("the bridge answers 404");
    assertThat(run("pause", "../ops", "--why", "x")).isEqualTo(2);
    assertThat(errors()).startsWith("pause: ");
  }
}
