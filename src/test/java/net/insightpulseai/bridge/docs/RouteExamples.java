package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.EditedRoutes;
import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.reload.RoutesControl;
import net.insightpulseai.bridge.subscriber.SubscriberTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Examples of docs/route-examples.md, created in the folder of a bridge that runs. */
@TestPropertySource(properties = "BRIDGE_SENDER_SHOP=" + RouteExamples.SHOP_SECRET)
abstract class RouteExamples extends SubscriberTest {

  static final String SHOP_SECRET = "shop-secret-0123456789";

  private static final String PAGE = "docs/route-examples.md";
  private static final String NO_EXAMPLE =
      """
      - route:
          id: no-example
          description: Keeps a folder for routes of one's own
          group: ops
          routeConfigurationId: caller-errors
          from:
            uri: direct:no-example
            steps:
              - setBody:
                  expression:
                    constant:
                      expression: none
      """;
  private static final String PATTERN = asShipped();

  private final TestSubscriber receiver = new TestSubscriber();

  @Autowired private RoutesControl routes;

  @DynamicPropertySource
  static void examples(DynamicPropertyRegistry registry) {
    registry.add("camel.main.routes-include-pattern", () -> PATTERN);
  }

  private static String asShipped() {
    return EditedRoutes.and("examples", "custom/no-example", NO_EXAMPLE);
  }

  @BeforeEach
  final void takeBeans() {
    takeBeanNames();
  }

  @AfterEach
  final void hangUp() {
    receiver.close();
    undo();
  }

  /** Removes the files of the example, and takes back its edits. */
  final void undo() {
    asShipped();
    apply();
  }

  final TestSubscriber receiver() {
    return receiver;
  }

  /** The file that an example below a heading creates. */
  static String yaml(String heading) {
    return Documents.snippet(PAGE, heading, "yaml");
  }

  /** The n-th block in this language below a heading, from 1. */
  static String block(String heading, String language, int n) {
    Matcher block =
        Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
            .matcher(Documents.below(PAGE, heading));
    for (int i = 0; i < n; i++) {
      assertThat(block.find()).as("block %s of %s below %s", i + 1, language, heading).isTrue();
    }
    return block.group(1);
  }

  /** Saves it as a file of one's own; it must pass the check, and run. */
  final void create(String name, String text) {
    write("custom/" + name, text);
    apply();
  }

  static void write(String name, String text) {
    try {
      Files.writeString(file(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path file(String name) {
    return EditedRoutes.folder("examples").resolve(name + ".camel.yaml");
  }

  final void apply() {
    assertThat(routes.reload("a test")).startsWith("applied");
    assertThat(routes.getRefused()).isEmpty();
  }

  /** What saving this file says; it is refused. */
  final String refused(String name, String text) {
    write("custom/" + name, text);
    return routes.reload("a test");
  }

  /** The subscriber of an example, with the test's receiver in place of its address. */
  final long subscribe(String heading) {
    try {
      ObjectNode definition =
          (ObjectNode) new ObjectMapper().readTree(Documents.snippet(PAGE, heading, "json"));
      definition.put("url", receiver.url() + "/hook");
      return json(201, create(definition.toString())).path("id").asLong();
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** Stores an event; gives its number. */
  final long event(String type, String payload) {
    return jdbc()
        .queryForObject(
            "insert into public.audit_event (source, event_type, resource_id, payload)"
                + " values ('odoo', ?, '7', ?::jsonb) returning id",
            Long.class,
            type,
            payload);
  }

  /** The body of the n-th call of the receiver, from 1. */
  final JsonNode received(int n) {
    await().atMost(Duration.ofSeconds(20)).until(() -> receiver.calls().size() >= n);
    return receiver.calls().get(n - 1).json();
  }

  final void awaitText(String expected, String query) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(jdbc().queryForList(query, String.class)).containsExactly(expected));
  }
}
