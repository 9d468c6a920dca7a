package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.TestPropertySource;

/**
 * The whole bridge behind a transaction pooler: no LISTEN, no named statements, no session state.
 */
@Import(BehindAPoolerTest.Pooler.class)
@TestPropertySource(properties = {"bridge.outbox.poll-interval=100ms"})
class BehindAPoolerTest extends BridgeTest {

  @Autowired private StatelessProxy proxy;
  @Autowired private QueueListener listener;

  @TestConfiguration(proxyBeanMethods = false)
  static class Pooler {

    @Bean(destroyMethod = "close")
    StatelessProxy proxy(TestDatabase database) {
      return new StatelessProxy(URI.create(database.url()).getPort());
    }

    @Bean
    DynamicPropertyRegistrar pooled(TestDatabase database, StatelessProxy proxy) {
      int port = URI.create(database.url()).getPort();
      return registry ->
          registry.add(
              "bridge.database.url",
              () ->
                  database.url().replace(":" + port + "/", ":" + proxy.port() + "/")
                      + "?pgbouncer=true");
    }
  }

  @Test
  void pollAloneDeliversAndNothingOutlivesATransaction() {
    for (int i = 0; i < 20; i++) {
      String body =
          "{\"event_type\":\"res.partner.updated\",\"resource_id\":"
              + i
              + ",\"event_id\":\"e"
              + i
              + "\"}";
      assertThat(postSigned("/functions/v1/odoo_event_ingest", body).statusCode()).isEqualTo(200);
      jdbc()
          .update(
              "insert into public.odoo_action_outbox (action, args) values ('res.partner.update', '{\"id\": 42}')");
    }
    await()
        .until(
            () ->
                jdbc()
                        .queryForObject(
                            "select count(*) from public.odoo_action_outbox where status = 'applied'",
                            Integer.class)
                    == 20);
    assertThat(odoo().calls("res.partner.update")).hasSize(20);
    assertThat(listener.isListening()).isFalse();
    assertThat(proxy.violations()).isEmpty();
  }
}
