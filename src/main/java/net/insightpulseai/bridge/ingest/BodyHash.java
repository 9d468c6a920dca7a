package net.insightpulseai.bridge.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over an event's canonical JSON: sorted keys, no space, numbers as they were sent. An
 * event has the same hash alone and packed with others, whatever the order of its keys.
 */
final class BodyHash {

  /** To look one up costs a third of the hash of a small event. */
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(BodyHash::newDigest);

  private final ObjectWriter canonical;

  BodyHash(ObjectMapper json) {
    this.canonical = json.writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);
  }

  /** In lower-case hex, without the audience, which belongs to the request. */
  String of(JsonNode event) {
    JsonNode counted = event.has("audience") ? withoutAudience(event) : event;
    try {
      byte[] bytes = canonical.writeValueAsBytes(counted);
      return HexFormat.of().formatHex(SHA_256.get().digest(bytes));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a parsed document cannot be hashed", e);
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static JsonNode withoutAudience(JsonNode event) {
    ObjectNode copy = event.<ObjectNode>deepCopy();
    copy.remove("audience");
    return copy;
  }
}
