package net.insightpulseai.bridge.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Locale;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.signature.OutboundSignature;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Authenticates callers as the module does. Refusals give no details. */
@Component
class SimulatedGuard {

  private static final long WINDOW_SECONDS = 300;

  private final OdooSettings settings;
  private final OutboundSignature signature;
  private final ObjectMapper json;
  private final Clock clock;

  SimulatedGuard(
      OdooSettings settings,
      OutboundSignature signature,
      @Qualifier("exactJson") ObjectMapper json,
      Clock clock) {
    this.settings = settings;
    this.signature = signature;
    this.json = json;
    this.clock = clock;
  }

  /** Refuses a wrong {@code x-api-key}. */
  void requireKey(ClientRequest request) {
    if (!same(settings.apiToken(), request.header("x-api-key"))) {
      throw unauthorized("wrong or missing x-api-key");
    }
  }

  /**
   * Refuses a body that is not signed for this endpoint, or not within the time window.
   *
   * @param raw the bytes as received
   * @return the body, a JSON object
   */
  JsonNode requireSigned(ClientRequest request, byte[] raw, String audience) {
    String type = request.contentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new SimulatedRefusal(
          415, "wrong_content_type", "expected application/json without a content encoding");
    }
    String given = request.header("x-signature");
    if (given == null || !same(signature.of(raw), given.strip().toLowerCase(Locale.ROOT))) {
      throw unauthorized("wrong or missing x-signature");
    }
    JsonNode body = read(raw);
    JsonNode named = body.path("audience");
    if (!named.isMissingNode() && !audience.equals(named.textValue())) {
      throw unauthorized("audience: expected " + audience);
    }
    JsonNode timestamp = body.path("timestamp");
    long now = clock.instant().getEpochSecond();
    if (!timestamp.isMissingNode()
        && (!timestamp.canConvertToLong()
            || Math.abs(now - timestamp.longValue()) > WINDOW_SECONDS)) {
      throw unauthorized("timestamp: expected seconds since 1970, within 300 of now");
    }
    return body;
  }

  private JsonNode read(byte[] raw) {
    JsonNode body;
    try {
      body = json.readTree(raw);
    } catch (JsonProcessingException e) {
      throw badBody();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read bytes in memory", e);
    }
    if (!body.isObject()) {
      throw badBody();
    }
    return body;
  }

  private static SimulatedRefusal badBody() {
    return new SimulatedRefusal(400, "bad_request", "expected a JSON object");
  }

  private static SimulatedRefusal unauthorized(String message) {
    return new SimulatedRefusal(401, "unauthorized", message);
  }

  private static boolean same(String expected, @Nullable String given) {
    return given != null && MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
  }
}
