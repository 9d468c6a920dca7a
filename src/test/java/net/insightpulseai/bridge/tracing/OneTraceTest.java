package net.insightpulseai.bridge.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.TestCollector.Seen;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestSubscriber;
import org.junit.jupiter.api.Test;

/** One trace, from the caller's span through the bridge to whoever is called. */
class OneTraceTest extends TracedBridge {

  private static final String EVENT =
      "{\"event_type\":\"res.partner.updated\",\"resource_id\":%d,\"payload\":{\"name\":\"Ada %<d\"}}";

  @Test
  void anEventItsDeliveryAndTheCallAreInTheTraceOfOdoosRequest() {
    Caller caller = Caller.fresh();
    event(caller, EVENT.formatted(7));

    Seen call = collector().awaitSpan(caller.traceId(), "post-to-url");
    Seen ingest = collector().awaitSpan(caller.traceId(), "odoo-event-ingest");
    Seen delivery = collector().awaitSpan(caller.traceId(), "event-deliveries");
    assertThat(ingest.parentId()).isEqualTo(caller.spanId());
    assertThat(delivery.parentId()).isEqualTo(ingest.id());
    assertThat(call.parentId()).isEqualTo(delivery.id());
    assertThat(List.of(ingest.kind(), delivery.kind(), call.kind()))
        .containsExactly(
            SpanKind.SPAN_KIND_SERVER, SpanKind.SPAN_KIND_CONSUMER, SpanKind.SPAN_KIND_CLIENT);
    assertThat(webhook().calls().get(0).header("traceparent"))
        .isEqualTo("00-" + caller.traceId() + "-" + call.id() + "-01");
    assertThat(webhook().calls().get(0).header("tracestate")).isEqualTo("odoo=1");

    String correlation = text("select correlation_id from public.audit_event");
    assertThat(ingest.attributes())
        .containsEntry("bridge.correlation_id", correlation)
        .containsEntry("http.route", "/functions/v1/odoo_event_ingest")
        .containsEntry("http.response.status_code", "200");
    assertThat(delivery.attributes())
        .containsEntry("bridge.correlation_id", correlation)
        .containsEntry("bridge.outcome", "DONE");
    assertThat(text("select meta ->> 'traceparent' from public.audit_event"))
        .isEqualTo("00-" + caller.traceId() + "-" + ingest.id() + "-01");
  }

  @Test
  void anActionOdoosAnswerAndTheEventOfItAreInTheTraceOfTheCaller() {
    Caller caller = Caller.fresh();
    HttpResponse<String> answer =
        push(caller, "{\"action\":\"res.partner.write\",\"args\":{\"id\":3}}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map()).doesNotContainKeys("traceparent", "tracestate");

    Seen apply = collector().awaitSpan(caller.traceId(), "apply-action");
    Seen action = collector().awaitSpan(caller.traceId(), "odoo-actions");
    Seen push = collector().awaitSpan(caller.traceId(), "push-to-odoo");
    Seen store = collector().awaitSpan(caller.traceId(), "store-action");
    Seen told = collector().awaitSpan(caller.traceId(), "event-deliveries");
    assertThat(push.parentId()).isEqualTo(caller.spanId());
    assertThat(store.parentId()).isEqualTo(push.id());
    assertThat(store.attributes())
        .containsOnlyKeys("db.system.name", "db.query.summary")
        .containsEntry("db.query.summary", "sql/action/enqueue.sql");
    assertThat(action.parentId()).isEqualTo(push.id());
    assertThat(apply.parentId()).isEqualTo(action.id());
    assertThat(apply.attributes()).containsEntry("http.response.status_code", "200");
    assertThat(told.parentId()).isEqualTo(push.id());
    String correlation = text("select correlation_id from public.odoo_action_outbox");
    assertThat(List.of(push, action))
        .allSatisfy(
            span ->
                assertThat(span.attributes()).containsEntry("bridge.correlation_id", correlation));
    assertThat(odoo().calls("res.partner.write").get(0).header("traceparent"))
        .isEqualTo("00-" + caller.traceId() + "-" + apply.id() + "-01");
  }

  @Test
  void eventsThatAreCommittedTogetherKeepTheirOwnTraces() throws Exception {
    List<Caller> callers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Caller caller = Caller.fresh();
      int record = i;
      callers.add(caller);
      threads.add(new Thread(() -> event(caller, EVENT.formatted(record))));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    awaitDelivered(40);
    for (Caller caller : callers) {
      collector().awaitSpan(caller.traceId(), "post-to-url");
      collector().awaitSpan(caller.traceId(), "odoo-event-ingest");
      collector().awaitSpan(caller.traceId(), "event-deliveries");
      assertThat(collector().trace(caller.traceId())).hasSize(3);
    }
  }

  @Test
  void everyDeliveryOfAPackIsInTheTraceOfItsRequest() {
    Caller caller = Caller.fresh();
    event(caller, "{\"events\":[" + EVENT.formatted(1) + "," + EVENT.formatted(2) + "]}");
    awaitDelivered(2);

    String ingest = collector().awaitSpan(caller.traceId(), "odoo-event-ingest").id();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                collector().trace(caller.traceId()).stream()
                        .filter(span -> span.parentId().equals(ingest))
                        .count()
                    == 2);
  }

  @Test
  void aFailedAttemptIsAFailedSpanAndTheNextOneIsInTheSameTrace() {
    webhook().answer(call -> TestSubscriber.Answer.of(500));
    Caller caller = Caller.fresh();
    event(caller, EVENT.formatted(4));

    Seen failed = collector().awaitSpan(caller.traceId(), "event-deliveries");
    assertThat(failed.failed()).isTrue();
    assertThat(failed.attributes())
        .containsEntry("bridge.outcome", "RETRY")
        .containsEntry("bridge.attempt", "1")
        .containsKey("error.type");

    webhook().answer(call -> TestSubscriber.Answer.of(204));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                jdbc()
                        .update(
                            "update bridge.event_delivery set next_attempt_at = now() where status = 'queued'")
                    == 1);
    awaitDelivered(1);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                collector().trace(caller.traceId()).stream()
                    .anyMatch(span -> "2".equals(span.attributes().get("bridge.attempt"))));
  }

  @Test
  void whoHasNoKeyLeavesNoSpan() {
    Caller stranger = Caller.fresh();
    assertThat(
            post(
                    "/functions/v1/odoo_event_ingest",
                    EVENT.formatted(1),
                    "x-signature",
                    "wrong",
                    "traceparent",
                    stranger.traceparent())
                .statusCode())
        .isEqualTo(401);
    assertThat(
            post("/functions/v1/push_to_odoo", "{}", "traceparent", stranger.traceparent())
                .statusCode())
        .isEqualTo(401);
    Caller known = Caller.fresh();
    event(known, EVENT.formatted(5));
    collector().awaitSpan(known.traceId(), "odoo-event-ingest");

    assertThat(collector().trace(stranger.traceId())).isEmpty();
  }

  @Test
  void aMalformedTraceparentBeginsANewTraceAndRefusesNothing() {
    String body = EVENT.formatted(9);
    assertThat(
            post(
                    "/functions/v1/odoo_event_ingest",
                    body,
                    "x-signature",
                    sign(body),
                    "traceparent",
                    "00-x")
                .statusCode())
        .isEqualTo(200);
    awaitDelivered(1);

    String own = text("select meta ->> 'traceparent' from public.audit_event").substring(3, 35);
    assertThat(collector().awaitSpan(own, "odoo-event-ingest").parentId()).isEmpty();
    assertThat(collector().awaitSpan(own, "event-deliveries").parentId()).isNotEmpty();
  }

  @Test
  void noSpanHoldsAPayloadAnAddressOrASecret() {
    webhook().answer(call -> TestSubscriber.Answer.of(500));
    Caller caller = Caller.fresh();
    event(caller, EVENT.formatted(77));
    push(caller, "{\"action\":\"res.partner.write\",\"args\":{\"id\":3,\"name\":\"Ada 77\"}}");
    collector().awaitSpan(caller.traceId(), "push-to-odoo");
    collector().awaitSpan(caller.traceId(), "post-to-url");
    collector().awaitSpan(caller.traceId(), "event-deliveries");

    assertThat(collector().spans())
        .extracting(Seen::all)
        .allSatisfy(
            all ->
                assertThat(all)
                    .doesNotContain("Ada")
                    .doesNotContain("a-secret-in-the-address")
                    .doesNotContain("127.0.0.1")
                    .doesNotContain(SERVICE_KEY)
                    .doesNotContain(SECRET)
                    .doesNotContain(TestOdoo.TOKEN));
    assertThat(collector().spans())
        .extracting(Seen::name)
        .allSatisfy(name -> assertThat(name).matches("[a-z][a-z -]+"));
  }

  private HttpResponse<String> push(Caller caller, String body) {
    return post(
        "/functions/v1/push_to_odoo",
        body,
        "apikey",
        serviceKey(),
        "traceparent",
        caller.traceparent());
  }
}
