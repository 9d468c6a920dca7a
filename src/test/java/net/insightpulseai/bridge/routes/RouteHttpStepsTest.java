package net.insightpulseai.bridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The steps that call other systems are copies of one another, but for what is named here. */
class RouteHttpStepsTest {

  /** No header crosses by accident, and a bad status is an answer to judge, not an exception. */
  private static final Map<String, String> ALIKE =
      Map.of(
          "httpMethod", "POST",
          "skipControlHeaders", "true",
          "copyHeaders", "false",
          "throwExceptionOnFailure", "false",
          "followRedirects", "false");

  private static final String ODOO = "{{odoo:response-timeout}}";
  private static final String PING = "{{odoo:ping-timeout}}";
  private static final String DELIVERY = "{{delivery:response-timeout}}";

  private static Map<String, Map<String, String>> expected() {
    Map<String, Map<String, String>> steps = new TreeMap<>();
    steps.put("apply-action", toOdoo(ODOO, "#boundOdooAnswers"));
    // The answer is as long as its actions are many.
    steps.put("apply-batch", toOdoo(ODOO, "#boundOdooBatch"));
    // Both follow a call that may have taken its whole time-out.
    steps.put("apply-ping", toOdoo(PING, "#boundOdooPing"));
    steps.put("get-info", with(toOdoo(PING, "#boundOdooPing"), "httpMethod", "GET"));
    steps.put("push-event", toOdoo(DELIVERY, "#boundOdooEvent"));
    steps.put("broadcast-batch", toRealtime());
    // The header CamelHttpPath continues its path, so that control headers must count.
    steps.put(
        "broadcast-event", with(without(toRealtime(), "skipControlHeaders"), "private", "true"));
    // The header CamelHttpUri is the URL, and the guarded connections have the connect time-out.
    steps.put(
        "post-to-url",
        with(
            without(call(DELIVERY, "unused", "#guardedDeliveries"), "connectTimeout"),
            "skipControlHeaders",
            "false"));
    return steps;
  }

  @Test
  void stepsThatCallOtherSystemsDifferOnlyAsNamed() throws IOException {
    Map<String, Map<String, String>> found = new TreeMap<>();
    for (JsonNode route : RouteFiles.each("route")) {
      RouteFiles.visit(
          route,
          (name, step) -> {
            if (name.equals("to") && step.path("uri").asText().matches("(http|\\{\\{).*")) {
              found.put(step.path("id").asText(), parameters(step));
            }
          });
    }

    assertThat(found).isEqualTo(expected());
  }

  private static Map<String, String> parameters(JsonNode step) {
    Map<String, String> parameters = new TreeMap<>();
    step.path("parameters")
        .fields()
        .forEachRemaining(one -> parameters.put(one.getKey(), one.getValue().asText()));
    return parameters;
  }

  private static Map<String, String> toOdoo(String timeout, String bound) {
    return call(timeout, "{{odoo:connect-timeout}}", bound);
  }

  private static Map<String, String> toRealtime() {
    return call(DELIVERY, "5000", "#boundDeliveryAnswers");
  }

  private static Map<String, String> call(String timeout, String connect, String bound) {
    Map<String, String> parameters = new LinkedHashMap<>(ALIKE);
    parameters.put("connectTimeout", connect);
    parameters.put("responseTimeout", timeout);
    parameters.put("soTimeout", timeout);
    parameters.put("httpClientConfigurer", bound);
    return parameters;
  }

  private static Map<String, String> with(Map<String, String> call, String name, String value) {
    call.put(name, value);
    return call;
  }

  private static Map<String, String> without(Map<String, String> call, String name) {
    call.remove(name);
    return call;
  }
}
