package net.insightpulseai.bridge.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.Excerpt;
import net.insightpulseai.bridge.odoo.OdooInfoResult.Known;
import net.insightpulseai.bridge.odoo.OdooInfoResult.NotOffered;
import net.insightpulseai.bridge.odoo.OdooInfoResult.Unavailable;
import net.insightpulseai.bridge.outbox.TargetProbe.Fault;
import org.jspecify.annotations.Nullable;

/** What an answer of {@code GET /api/agent/info} means: a pure function. */
final class InfoRules {

  private static final ObjectMapper JSON = new ObjectMapper();

  private InfoRules() {}

  static OdooInfoResult judge(Answer answer) {
    int status = answer.status();
    Reply reply = Reply.read(answer);
    String message = reply.message().isEmpty() ? "" : ": " + reply.message();
    String error = Excerpt.line("status " + status + " of /api/agent/info" + message);
    if (status == 200) {
      OdooInfo info = info(answer);
      return info != null
          ? new Known(info)
          : unavailable(
              "unexpected_answer",
              error + "; expected JSON with a db_uuid, as the module ip_event_bus sends it",
              false);
    }
    if (status == 404 && !reply.fromModule()) {
      return new NotOffered();
    }
    if (status == 401 || status == 403) {
      return unavailable(
          "unauthorized", error + "; ODOO_API_TOKEN must equal Odoo's ip.odoo.api_key", true);
    }
    if (status >= 300 && status < 400) {
      return unavailable(
          "redirected", error + "; it is never followed: update bridge.odoo.base-url", false);
    }
    return unavailable("unavailable", error, false);
  }

  private static Unavailable unavailable(String reason, String error, boolean alarm) {
    return new Unavailable(new Fault(reason, "Odoo's identity is unknown: " + error, alarm));
  }

  private static @Nullable OdooInfo info(Answer answer) {
    try {
      JsonNode body = JSON.readTree(answer.body());
      return body.isObject() ? OdooInfo.of(body) : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
