package net.insightpulseai.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The two commands that send something all the way through. */
class SendTest extends ClientFixture {

  @Test
  void ingestTestStoresOneEvent() {
    assertThat(run("ingest-test")).as(errors()).isZero();

    assertThat(out()).startsWith("{\"ok\":true").hasLineCount(1);
    assertThat(jdbc().queryForList("select event_type from public.audit_event", String.class))
        .containsExactly("bridge.test");
  }

  @Test
  void ingestTestSaysWhenTheSecretIsNotTheBridges() {
    assertThat(run("ingest-test", "--bridge.signature.inbound-secrets=another-secret")).isOne();

    assertThat(errors()).contains("refuses the signature (401)", "EDGE_HMAC_SECRET");
    assertThat(out()).isEmpty();
  }

  @Test
  void pushTestGoesToOdooAndBack() {
    assertThat(run("push-test")).as(errors()).isZero();

    assertThat(out()).startsWith("{\"ok\":true").hasLineCount(1);
    assertThat(odoo().calls("bridge.ping")).hasSize(1);
  }
}
