package net.insightpulseai.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.TestCollector;
import net.insightpulseai.bridge.TestCollector.Seen;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Actions that share a call stay in their own traces. */
class TracedBatchTest extends BatchTest {

  private static final TestCollector COLLECTOR = new TestCollector();

  @DynamicPropertySource
  static void collector(DynamicPropertyRegistry registry) {
    registry.add("OTEL_EXPORTER_OTLP_ENDPOINT", COLLECTOR::url);
  }

  @Test
  void eachHasASpanInItsOwnTraceAndTheCallHasOneWithLinksToThem() {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args, traceparent)"
                + " select 'res.partner.update', jsonb_build_object('id', p),"
                + " format('00-%s-00000000000000aa-01', lpad(p::text, 32, 'a')) from generate_series(1, 5) p");
    awaitActions(5, "status = 'applied'");
    assertThat(odoo().batches()).hasSize(1);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> named("odoo-actions batch").size() == 1 && named("odoo-actions").size() == 5);
    Seen call = named("odoo-actions batch").get(0);
    assertThat(call.parentId()).isEmpty();
    assertThat(call.attributes()).containsEntry("messaging.batch.message_count", "5");
    for (int partner = 1; partner <= 5; partner++) {
      String trace = "a".repeat(31) + partner;
      assertThat(call.links()).contains(trace + "-00000000000000aa");
      List<Seen> own = COLLECTOR.trace(trace);
      assertThat(own).hasSize(1);
      assertThat(own.get(0).parentId()).isEqualTo("00000000000000aa");
      assertThat(own.get(0).links()).containsExactly(call.traceId() + "-" + call.id());
      assertThat(own.get(0).attributes())
          .containsEntry("bridge.outcome", "DONE")
          .containsEntry("bridge.correlation_id", row(partner).get("correlation_id").toString());
    }
    Seen http = COLLECTOR.awaitSpan(call.traceId(), "apply-batch");
    assertThat(http.parentId()).isEqualTo(call.id());
    assertThat(odoo().batches().get(0).header("traceparent"))
        .isEqualTo("00-" + call.traceId() + "-" + http.id() + "-01");
  }

  private static List<Seen> named(String name) {
    return COLLECTOR.spans().stream().filter(span -> span.name().equals(name)).toList();
  }
}
