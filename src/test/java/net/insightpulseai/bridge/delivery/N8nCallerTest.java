package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.TestOdoo.Call;
import org.junit.jupiter.api.Test;

/**
 * The body of docs/clients.md for n8n's HTTP Request node, filled in from a delivery as n8n fills
 * it in.
 */
class N8nCallerTest extends WebhookTest {

  private static final Pattern EXPRESSION = Pattern.compile("\\{\\{ \\$json\\.(\\S+) }}");

  @Test
  void whatN8nDoesAboutAnEventIsDoneOnceInTheEventsTimelineAndOneHopFurther() throws IOException {
    subscribe();
    event();
    awaitDelivered(1);
    JsonNode event = only().json();
    String body = EXPRESSION.matcher(template()).replaceAll(found -> value(event, found));

    HttpResponse<String> first = push(body);
    HttpResponse<String> repeated = push(body);

    assertThat(first.statusCode()).as(body + first.body()).isEqualTo(200);
    assertThat(repeated.statusCode()).as(repeated.body()).isEqualTo(200);
    List<Call> calls =
        odoo().calls().stream().filter(one -> one.action().equals("res.partner.update")).toList();
    assertThat(calls).hasSize(1);
    Call call = calls.get(0);
    assertThat(call.json().at("/args/id").intValue()).isEqualTo(42);
    assertThat(call.json().path("idempotency_key").textValue()).isEqualTo("n8n-evt_1");
    assertThat(call.json().path("correlation_id")).isEqualTo(event.path("correlation_id"));
    assertThat(call.json().path("hop").intValue())
        .isEqualTo(event.at("/origin/hop").intValue() + 1);
  }

  private HttpResponse<String> push(String body) {
    return post(
        "/functions/v1/push_to_odoo",
        body,
        "authorization",
        "Bearer " + serviceKey(),
        "content-type",
        "application/json");
  }

  private static String value(JsonNode event, MatchResult found) {
    JsonNode value = event.at("/" + found.group(1).replace('.', '/'));
    assertThat(value.isValueNode()).as(found.group()).isTrue();
    return Matcher.quoteReplacement(value.asText());
  }

  private static String template() throws IOException {
    Matcher block =
        Pattern.compile("### As a caller.*?```json\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/clients.md")));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
