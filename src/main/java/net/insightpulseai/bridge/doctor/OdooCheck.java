package net.insightpulseai.bridge.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.insightpulseai.bridge.odoo.OdooInfo;
import net.insightpulseai.bridge.odoo.OdooInfoResult;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.signature.Audience;
import net.insightpulseai.bridge.signature.OutboundSignature;
import org.jspecify.annotations.Nullable;

/** Whether Odoo answers, takes our key and our signature, and has the same time. */
class OdooCheck {

  private final OdooSettings settings;
  private final OutboundSignature signature;
  private final Clock clock;
  private final Http http = new Http();
  private final ObjectMapper json = new ObjectMapper();

  OdooCheck(OdooSettings settings, OutboundSignature signature, Clock clock) {
    this.settings = settings;
    this.signature = signature;
    this.clock = clock;
  }

  /**
   * Asks it.
   *
   * @param actions that Odoo should know
   * @return which one it says it is; null if nothing is to be made of it
   */
  @Nullable OdooInfoResult run(Findings findings, List<String> actions)
      throws InterruptedException {
    if (settings.simulated()) {
      findings.warn(
          "Odoo is simulated: no action reaches a real one",
          "unset BRIDGE_SIMULATED_ODOO and set ODOO_BASE_URL");
      return null;
    }
    if (settings.baseUrl().isEmpty()) {
      findings.warn("ODOO_BASE_URL is empty: no action is applied", "set it, and ODOO_API_TOKEN");
      return null;
    }
    try {
      OdooInfoResult told = info(findings, actions);
      if (told != null) {
        ping(findings);
      }
      return told;
    } catch (IOException e) {
      findings.fail(
          "Odoo at " + settings.baseUrl() + " does not answer (" + Http.why(e) + ")",
          "check ODOO_BASE_URL, the proxy before Odoo and its certificate");
      return null;
    }
  }

  /** Returns what it says, or null if the key is not good, and the signature need not be tried. */
  private @Nullable OdooInfoResult info(Findings findings, List<String> actions)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.get(settings.baseUrl() + "/api/agent/info", headers());
    answer.headers().firstValue("Date").ifPresent(date -> clock(findings, date));
    switch (answer.statusCode()) {
      case 200 -> {
        JsonNode info = parse(answer.body());
        String version = info == null ? "?" : info.path("version").asText("?");
        findings.ok("Odoo answers and takes our key; module ip_event_bus " + version);
        if (info != null) {
          KnownActions.report(findings, actions, info);
        }
        OdooInfo said = info == null ? null : OdooInfo.of(info);
        if (said != null) {
          return new OdooInfoResult.Known(said);
        }
        findings.fail(
            "Odoo does not say which database it is: /api/agent/info has no db_uuid",
            "update the module ip_event_bus, or correct ODOO_BASE_URL");
      }
      case 401, 403 ->
          findings.fail(
              "Odoo refuses our key (" + answer.statusCode() + ")",
              "ODOO_API_TOKEN must be Odoo's system parameter ip.odoo.api_key");
      case 404 -> {
        return new OdooInfoResult.NotOffered();
      }
      default ->
          findings.fail(
              "Odoo answers " + answer.statusCode() + " to /api/agent/info",
              "look at Odoo's log (/var/log/odoo/odoo.log)");
    }
    return null;
  }

  private void ping(Findings findings) throws IOException, InterruptedException {
    byte[] body =
        json.createObjectNode()
            .put("action", "bridge.ping")
            .put("idempotency_key", "doctor-" + UUID.randomUUID())
            .put("correlation_id", UUID.randomUUID().toString())
            .put("hop", 1)
            .put("audience", Audience.ODOO_APPLY)
            .put("timestamp", clock.instant().getEpochSecond())
            .set("args", json.createObjectNode())
            .toString()
            .getBytes(UTF_8);
    Map<String, String> headers = headers();
    try {
      headers.put("x-signature", signature.of(body));
    } catch (IllegalStateException e) {
      findings.fail("nothing can be signed for Odoo: the secret is empty", "set EDGE_HMAC_SECRET");
      return;
    }
    HttpResponse<String> answer = http.post(settings.baseUrl() + "/api/agent/apply", body, headers);
    JsonNode result = parse(answer.body());
    if (answer.statusCode() == 200 && result != null && result.path("ok").asBoolean()) {
      findings.ok("Odoo takes our signature: bridge.ping is applied");
    } else if (answer.statusCode() == 401) {
      findings.fail(
          "Odoo refuses our signature (401): " + said(result),
          "EDGE_HMAC_SECRET must be Odoo's system parameter ip.hmac.secret, byte for byte");
    } else if (answer.statusCode() == 404) {
      findings.fail(
          "Odoo has no /api/agent/apply (404)",
          "install the module ip_event_bus; if the host serves several databases set ODOO_DATABASE");
    } else {
      findings.fail(
          "Odoo answers " + answer.statusCode() + " to bridge.ping: " + said(result),
          "update the module ip_event_bus; look at Odoo's log");
    }
  }

  private static String said(@Nullable JsonNode result) {
    return result == null ? "not JSON" : result.path("message").asText("no message");
  }

  private void clock(Findings findings, String date) {
    try {
      ZonedDateTime theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
      ClockSkew.report(
          findings,
          "Odoo",
          (double) Duration.between(theirs.toInstant(), clock.instant()).toSeconds());
    } catch (DateTimeParseException e) {
      findings.warn("Odoo's Date header is no date", "look at the proxy before Odoo");
    }
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    headers.put("x-api-key", settings.apiToken());
    if (!settings.database().isEmpty()) {
      headers.put("X-Odoo-Database", settings.database());
    }
    return headers;
  }

  private @Nullable JsonNode parse(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
