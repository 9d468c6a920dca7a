package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** The running bridge with only a few permits, and routes that misbehave. */
@Import(EdgeRoutes.class)
@TestPropertySource(
    properties = {
      "bridge.ingest.max-requests=4",
      "bridge.ingest.max-bytes=3MB",
      "bridge.http.body-timeout=5s",
      "bridge.http.max-connections=" + EdgeTest.MOST_CONNECTIONS,
      "BRIDGE_INBOUND_SECRETS=" + BridgeTest.SECRET + ",an-older-secret-of-this-test",
      "SUPABASE_WEBHOOK_SECRET=webhook-secret-of-this-test"
    })
abstract class EdgeTest extends BridgeTest {

  static final int LIMIT = 1024 * 1024;

  static final int MOST_CONNECTIONS = 300;

  @Autowired Admission admission;
  @Autowired Refusals refusals;
  @Autowired EdgeRoutes.Held held;

  /** Whatever a test did, no request may have kept its permit. */
  @AfterEach
  final void everyPlaceIsGivenBack() {
    held.open();
    await().untilAsserted(() -> assertThat(admission.unused()).isTrue());
    held.close();
  }

  final RefusedRequest lastRefused() {
    return refusals.latest().get(0);
  }
}
