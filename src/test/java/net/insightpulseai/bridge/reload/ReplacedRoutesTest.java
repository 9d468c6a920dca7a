package net.insightpulseai.bridge.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.routecheck.RouteFile;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of routes that are replaced, and of what runs in them. */
class ReplacedRoutesTest extends LiveRoutesTest {

  @Autowired private CamelContext camel;
  @Autowired private MeterRegistry meters;
  @Autowired private LiveRoutes live;
  @Autowired private Retirement retirement;

  /**
   * A caller that waits, and a call that is open, need not end before their routes are replaced.
   */
  @Test
  void whatIsInFlightEndsInTheRoutesItBeganInAndHoldsNothingUp() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    odoo()
        .answer(
            call -> {
              asked.countDown();
              await().atMost(Duration.ofSeconds(60)).until(() -> answer.getCount() == 0);
              return TestOdoo.applied(call);
            });
    CompletableFuture<HttpResponse<String>> push =
        CompletableFuture.supplyAsync(
            () ->
                postSigned(
                    "/functions/v1/push_to_odoo", "{\"action\":\"x.y\",\"args\":{\"id\":1}}"));
    assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

    for (String file :
        List.of("actions/queue-action", "actions/odoo-actions", "errors/http-errors")) {
      edit(file, text -> text.replaceFirst("description: ", "description: Edited. "));
    }
    assertThat(reload().reload("the test")).isEqualTo(ReloadResult.APPLIED);
    assertThat(push).isNotDone();
    assertThat(retirement.size()).isPositive();
    answer.countDown();

    assertThat(push.get().statusCode()).isEqualTo(200);
    assertThat(odoo().calls("x.y")).hasSize(1);
    await().atMost(Duration.ofSeconds(60)).until(() -> retirement.size() == 0);
    assertThat(
            postSigned("/functions/v1/push_to_odoo", "{\"action\":\"x.y\",\"args\":{\"id\":2}}")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aRequestMeetsNoMixtureOfRoutesThatWereEditedTogether() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    try (TestSubscriber other = new TestSubscriber()) {
      other.answer(
          call -> {
            asked.countDown();
            await().atMost(Duration.ofSeconds(60)).until(() -> answer.getCount() == 0);
            return TestSubscriber.Answer.of(200);
          });
      String call =
          "        - to:\n            uri: %s\n            parameters: {httpMethod: GET, skipControlHeaders: true}\n"
              .formatted(other.url());
      write("custom/hello", hello("one").replaceFirst("        - to:\n", call + "        - to:\n"));
      assertThat(reload().reload("the test")).isEqualTo(ReloadResult.APPLIED);
      CompletableFuture<HttpResponse<String>> begun =
          CompletableFuture.supplyAsync(() -> get("/custom/hello"));
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

      write("custom/hello", hello("two"));
      assertThat(reload().reload("the test")).isEqualTo(ReloadResult.APPLIED);
      assertThat(get("/custom/hello").body()).isEqualTo("two");
      answer.countDown();

      // It calls the other route only now.
      assertThat(begun.get().body()).isEqualTo("one");
    }
  }

  @Test
  void theNextRequestIsServedByTheNewVersionOfARouteThatServesHttp() {
    for (int edit = 0; edit < 3; edit++) {
      String description = "Edit " + edit;
      edit("custom/hello", text -> text.replaceAll("Answers with.*|Edit \\d", description));
      assertThat(reload().reload("the test")).isEqualTo(ReloadResult.APPLIED);
      assertThat(reload().running().change()).isEqualTo("replaced hello");
      assertThat(get("/custom/hello").body()).isEqualTo("one");
    }
  }

  @Test
  void aConfigurationIsAppliedToTheRoutesThatUseIt() {
    write(
        "custom/errors",
        """
        - routeConfiguration:
            id: word-errors
            onException:
              - onException:
                  exception: [java.lang.IllegalStateException]
                  handled: {constant: {expression: "true"}}
                  steps:
                    - setBody: {constant: {expression: caught}}
        """);
    write(
        "custom/hello",
        hello("one")
            .replace("caller-errors", "word-errors")
            .replace(
                "        - setBody:",
                "        - throwException: {exceptionType: java.lang.IllegalStateException}\n        - setBody:"));
    assertThat(reload().reload("the test")).isEqualTo(ReloadResult.APPLIED);
    assertThat(get("/custom/hello").body()).isEqualTo("caught");

    edit("custom/errors", text -> text.replace("caught", "caught again"));
    assertThat(reload().reload("the test")).isEqualTo(ReloadResult.APPLIED);

    assertThat(reload().running().change()).isEqualTo("replaced word; configurations word-errors");
    assertThat(get("/custom/hello").body()).isEqualTo("caught again");
  }

  @Test
  void aRouteThatAnOperatorStoppedStaysStopped() throws Exception {
    camel.getRouteController().stopRoute("hello");
    write("custom/hello", hello("two").replace("group: lookup", "group: ops"));
    assertThat(reload().reload("the test")).isEqualTo(ReloadResult.APPLIED);

    assertThat(get("/custom/hello").statusCode()).isEqualTo(503);
    camel.getRouteController().startRoute("hello");
    assertThat(get("/custom/hello").body()).isEqualTo("two");
  }

  static List<Arguments> notStarting() {
    return List.of(
        // A file of SQL that is not there is looked for when a step is started,
        Arguments.of(
            "        - setBody:",
            "        - to: {uri: \"sql:classpath:no/such.sql\"}\n        - setBody:",
            "such.sql"),
        // and an address is understood when its consumer is, after the route that it calls.
        Arguments.of("/custom/hello", "/custom/{id:(}", "Unclosed group"));
  }

  @ParameterizedTest
  @MethodSource("notStarting")
  void routesThatDoNotStartAreTakenBackAsAWhole(String text, String edited, String reason)
      throws Exception {
    List<RouteFile> before = reload().running().files();
    String name = file("custom/hello").toString();
    List<RouteFile> after = new ArrayList<>(before);
    after.replaceAll(
        one ->
            one.name().equals(name)
                ? new RouteFile(name, hello("two").replace(text, edited))
                : one);

    assertThat(catchThrowable(() -> live.replace(before, after)))
        .isInstanceOf(LiveRoutes.NotReplaced.class)
        .hasMessageContaining(reason);

    assertThat(get("/custom/hello").body()).isEqualTo("one");
    assertThat(camel.getRouteController().getRouteStatus("word").isStarted()).isTrue();
    assertThat(camel.getRouteController().getRouteStatus("hello").isStarted()).isTrue();
    assertThat(mbeans("word")).hasSize(1);
    write("custom/hello", hello("three"));
    assertThat(reload().reload("the test")).isEqualTo(ReloadResult.APPLIED);
    assertThat(get("/custom/hello").body()).isEqualTo("three");
  }

  @Test
  void managementKnowsTheNewRouteAndNotTheOldOne() throws Exception {
    write(
        "custom/hello",
        hello("two")
            .replace(
                "        - setBody:",
                "        - log: {id: said, message: hello}\n        - setBody:"));
    assertThat(reload().reload("the test")).isEqualTo(ReloadResult.APPLIED);
    get("/custom/hello");
    assertThat(mbeans("word")).hasSize(1);
    assertThat(processors("said")).hasSize(1);

    write("custom/hello", hello("three"));
    assertThat(reload().reload("the test")).isEqualTo(ReloadResult.APPLIED);

    assertThat(mbeans("word")).hasSize(1);
    assertThat(processors("said")).isEmpty();
    assertThat(meters.get("camel.exchanges.total").tag("routeId", "word").counter().count())
        .isPositive();
  }

  private static List<ObjectName> mbeans(String route) throws Exception {
    return query("type=routes,name=\"" + route + "\"");
  }

  private static List<ObjectName> processors(String id) throws Exception {
    return query("type=processors,name=\"" + id + "\"");
  }

  private static List<ObjectName> query(String name) throws Exception {
    return List.copyOf(
        ManagementFactory.getPlatformMBeanServer()
            .queryNames(new ObjectName("org.apache.camel:*," + name), null));
  }
}
