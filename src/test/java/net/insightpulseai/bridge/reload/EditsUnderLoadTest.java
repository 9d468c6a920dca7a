package net.insightpulseai.bridge.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.routecheck.RouteFile;
import net.insightpulseai.bridge.routecheck.RouteFolder;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Events and actions come as fast as they can while one route after the other is replaced. */
@Tag("slow")
class EditsUnderLoadTest extends LiveRoutesTest {

  private static final int EDITS = 100;
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

  /** Each of a route that the load goes through, or of what is built into it. */
  private static final List<String> EDITED =
      List.of(
          "ingest/odoo-event-ingest",
          "actions/queue-action",
          "errors/http-errors",
          "deliveries/deliver-webhook",
          "custom/hello",
          "actions/odoo-actions",
          "deliveries/event-deliveries",
          "errors/caller-errors");

  @Autowired private LiveRoutes live;
  @Autowired private Retirement retirement;
  @Autowired private CamelContext camel;

  private final AtomicBoolean going = new AtomicBoolean(true);
  private final AtomicInteger next = new AtomicInteger();
  private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();

  @Test
  void nothingIsRefusedOrLostOrDoneTwiceThroughAHundredEdits() throws Exception {
    List<RouteFile> shipped = RouteFolder.read(FOLDER).files();
    List<RouteFile> running = edited(shipped, "custom/hello", text -> pair(text, 0));
    live.replace(shipped, running);
    int endpoints = camel.getEndpoints().size();
    Map<String, LongSummaryStatistics> millis = new TreeMap<>();
    ExecutorService senders = Executors.newFixedThreadPool(7);
    try (TestSubscriber subscriber = new TestSubscriber()) {
      subscribe(subscriber.url());
      List<Future<?>> load = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        load.add(senders.submit(() -> send("event", this::event)));
      }
      for (int i = 0; i < 2; i++) {
        load.add(senders.submit(() -> send("push", this::push)));
        load.add(senders.submit(() -> send("pair", this::readPair)));
      }
      for (int edit = 1; edit <= EDITS; edit++) {
        String file = EDITED.get(edit % EDITED.size());
        int number = edit;
        List<RouteFile> after =
            edited(
                running,
                file,
                text -> file.equals("custom/hello") ? pair(text, number) : note(text, number));
        int sent = next.get();
        long begun = THREAD.getCurrentThreadCpuTime();
        live.replace(running, after);
        millis
            .computeIfAbsent(file, key -> new LongSummaryStatistics())
            .accept(TimeUnit.NANOSECONDS.toMillis(THREAD.getCurrentThreadCpuTime() - begun));
        running = after;
        // So that requests meet each version.
        await().atMost(Duration.ofMinutes(1)).until(() -> next.get() > sent + 20);
      }
      going.set(false);
      for (Future<?> one : load) {
        one.get(2, TimeUnit.MINUTES);
      }
      int events = counted("event 200");
      int pushes = counted("push 200") + counted("push 202");

      System.out.printf("measured: %d edits under load, answers %s%n", EDITS, answers);
      millis.forEach(
          (file, took) ->
              System.out.printf(
                  "measured: replacing for %s took %.0f ms of a core, at most %d ms%n",
                  file, took.getAverage(), took.getMax()));
      assertThat(answers.keySet()).isSubsetOf("event 200", "push 200", "push 202", "pair 200");
      assertThat(text("select count(*) from public.audit_event where source = 'odoo'"))
          .isEqualTo(String.valueOf(events));
      await()
          .atMost(Duration.ofMinutes(3))
          .until(
              () ->
                  text("select count(*) from bridge.event_delivery where status <> 'delivered'")
                          .equals("0")
                      && text("select count(*) from public.odoo_action_outbox where status = 'applied'")
                          .equals(String.valueOf(pushes)));
      assertThat(subscriber.calls()).hasSize(events);
      assertThat(subscriber.calls().stream().map(call -> call.header("webhook-id")).distinct())
          .hasSize(events);
      assertThat(odoo().calls("x.y")).hasSize(pushes);
      assertThat(
              odoo().calls("x.y").stream()
                  .map(call -> call.json().path("idempotency_key").asText())
                  .distinct())
          .hasSize(pushes);
      assertThat(text("select count(*) from bridge.attempt")).isEqualTo("0");
    } finally {
      going.set(false);
      senders.shutdown();
      live.replace(running, shipped);
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> retirement.size() == 0);
    assertThat(camel.getEndpoints().size()).isLessThanOrEqualTo(endpoints);
  }

  private int counted(String answer) {
    return answers.getOrDefault(answer, new AtomicInteger()).get();
  }

  private void send(String what, Supplier<HttpResponse<String>> request) {
    while (going.get()) {
      int status = request.get().statusCode();
      answers.computeIfAbsent(what + " " + status, key -> new AtomicInteger()).incrementAndGet();
    }
  }

  private HttpResponse<String> event() {
    int number = next.incrementAndGet();
    return postSigned(
        "/functions/v1/odoo_event_ingest",
        "{\"event_type\":\"res.partner.updated\",\"resource_id\":%d,\"event_id\":\"load-%d\"}"
            .formatted(number % 50, number));
  }

  private HttpResponse<String> push() {
    return postSigned(
        "/functions/v1/push_to_odoo",
        "{\"action\":\"x.y\",\"args\":{\"id\":%d}}".formatted(next.incrementAndGet()));
  }

  /** The two routes of the pair were edited together; no request may meet one of each version. */
  private HttpResponse<String> readPair() {
    HttpResponse<String> answer = get("/custom/hello");
    if (answer.statusCode() == 200 && !answer.body().matches("(\\d+) \\1")) {
      answers
          .computeIfAbsent("mixed " + answer.body(), key -> new AtomicInteger())
          .incrementAndGet();
    }
    return answer;
  }

  private static List<RouteFile> edited(
      List<RouteFile> files, String name, UnaryOperator<String> change) {
    String edited = FOLDER + "/" + name + ".camel.yaml";
    return files.stream()
        .map(
            one ->
                one.name().equals(edited)
                    ? new RouteFile(one.name(), change.apply(one.text()))
                    : one)
        .toList();
  }

  private static String note(String text, int number) {
    return text.replaceAll("(?m)^    description: .*$", "    description: Edit " + number);
  }

  private static String pair(String text, int number) {
    String expression = "\\${variable.left} " + number;
    String left =
        "        - setVariable: {name: left, constant: {expression: \"" + number + "\"}}\n";
    return hello("one")
        .replace("        - to:\n", left + "        - to:\n")
        .replaceFirst(
            "constant:\n(\\s+)expression: one", "simple:\n$1expression: \"" + expression + "\"");
  }

  private void subscribe(String url) {
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, url, event_types, format, signature, secrets)"
                + " values ('crm', 'webhook', ?, '{*}', 'full', 'standard',"
                + " jsonb_build_array(jsonb_build_object('ref', 'env:BRIDGE_SUBSCRIBER_TEST')))",
            url + "/hook");
  }
}
