package net.insightpulseai.bridge.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.insightpulseai.bridge.answer.HttpDate;
import net.insightpulseai.bridge.odoo.OdooInfo;
import net.insightpulseai.bridge.odoo.OdooInfoResult;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.signature.Audience;
import net.insightpulseai.bridge.signature.OutboundSignature;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether Odoo answers, accepts our key and our signature, and whether its clock agrees with
 * ours.
 */
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

  /** Odoo's address; empty if there is none. */
  String address() {
    return settings.baseUrl();
  }

  /**
   * Runs the check.
   *
   * @param actions the actions that Odoo should know
   * @return how Odoo identified itself; null if it could not be determined
   */
  @Nullable OdooInfoResult run(DoctorReport report, List<String> actions) {
    if (settings.simulated()) {
      report.warn(
          "Odoo is simulated: no action reaches a real Odoo",
          "unset BRIDGE_SIMULATED_ODOO and set ODOO_BASE_URL");
      return null;
    }
    if (settings.baseUrl().isEmpty()) {
      report.warn("ODOO_BASE_URL is empty: no action is applied", "set it and ODOO_API_TOKEN");
      return null;
    }
    try {
      OdooInfoResult identified = info(report, actions);
      if (identified != null) {
        ping(report);
      }
      return identified;
    } catch (IOException e) {
      report.fail(
          "Odoo at " + settings.baseUrl() + " does not answer (" + Http.why(e) + ")",
          "check ODOO_BASE_URL, the proxy in front of Odoo and its certificate");
      return null;
    }
  }

  /**
   * How Odoo identifies itself; null if our key is wrong, so that the signature need not be tried.
   */
  private @Nullable OdooInfoResult info(DoctorReport report, List<String> actions)
      throws IOException {
    Http.Reply answer = http.get(settings.baseUrl() + "/api/agent/info", headers());
    if (answer.date() != null) {
      clock(report, answer.date());
    }
    switch (answer.status()) {
      case 200 -> {
        JsonNode info = parse(answer.body());
        String version = info == null ? "?" : info.path("version").asText("?");
        report.ok("Odoo answers and accepts our key; module ip_event_bus " + version);
        if (info != null) {
          KnownActions.check(report, actions, info);
        }
        OdooInfo identity = info == null ? null : OdooInfo.of(info);
        if (identity != null) {
          return new OdooInfoResult.Known(identity);
        }
        report.fail(
            "Odoo does not identify its database: /api/agent/info has no db_uuid",
            "update the module ip_event_bus, or correct ODOO_BASE_URL");
      }
      case 401, 403 ->
          report.fail(
              "Odoo refuses our key (" + answer.status() + ")",
              "set ODOO_API_TOKEN to Odoo's system parameter ip.odoo.api_key");
      case 404 -> {
        return new OdooInfoResult.NotOffered();
      }
      default ->
          report.fail(
              "Odoo answers " + answer.status() + " to /api/agent/info",
              "check Odoo's log (/var/log/odoo/odoo.log)");
    }
    return null;
  }

  private void ping(DoctorReport report) throws IOException {
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
      report.fail("requests to Odoo cannot be signed: the secret is empty", "set EDGE_HMAC_SECRET");
      return;
    }
    Http.Reply answer = http.post(settings.baseUrl() + "/api/agent/apply", body, headers);
    JsonNode result = parse(answer.body());
    if (answer.status() == 200 && result != null && result.path("ok").asBoolean()) {
      report.ok("Odoo accepts our signature: bridge.ping was applied");
    } else if (answer.status() == 401) {
      report.fail(
          "Odoo refuses our signature (401): " + message(result),
          "set EDGE_HMAC_SECRET to Odoo's system parameter ip.hmac.secret, byte for byte");
    } else if (answer.status() == 404) {
      report.fail(
          "Odoo has no /api/agent/apply (404)",
          "install the module ip_event_bus; if the host serves several databases, set ODOO_DATABASE");
    } else {
      report.fail(
          "Odoo answers " + answer.status() + " to bridge.ping: " + message(result),
          "update the module ip_event_bus; check Odoo's log");
    }
  }

  private static String message(@Nullable JsonNode result) {
    return result == null ? "not JSON" : result.path("message").asText("no message");
  }

  private void clock(DoctorReport report, String date) {
    Instant theirs = HttpDate.read(date);
    if (theirs == null) {
      report.warn("Odoo's Date header is not a date", "check the proxy in front of Odoo");
      return;
    }
    ClockSkew.check(report, "Odoo", (double) Duration.between(theirs, clock.instant()).toSeconds());
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
