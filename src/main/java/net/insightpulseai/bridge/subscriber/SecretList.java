package net.insightpulseai.bridge.subscriber;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.insightpulseai.bridge.encryption.Sealed;
import org.jspecify.annotations.Nullable;

/**
 * The column {@code secrets}: newest first, each sealed with the id of its key, or a reference;
 * each with an expiry, if a newer one has replaced it.
 */
record SecretList(List<Entry> entries) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * One secret.
   *
   * @param sealed the sealed bytes, or null
   * @param reference where it is, if it is not sealed
   * @param until when it expires; null means never
   */
  record Entry(@Nullable Sealed sealed, @Nullable String reference, @Nullable Instant until) {

    boolean isLive(Instant now) {
      return until == null || now.isBefore(until);
    }

    private Entry endingBy(Instant end) {
      return new Entry(sealed, reference, until == null || end.isBefore(until) ? end : until);
    }
  }

  /** Reads the column's text. */
  static SecretList read(String text) {
    List<Entry> entries = new ArrayList<>();
    try {
      for (JsonNode node : JSON.readTree(text)) {
        String until = node.path("until").textValue();
        entries.add(
            new Entry(
                node.has("value")
                    ? new Sealed(
                        Base64.getDecoder().decode(node.path("value").asText()),
                        node.path("key_id").asText())
                    : null,
                node.path("ref").textValue(),
                until == null ? null : Instant.parse(until)));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "bridge.subscriber.secrets is a jsonb column but does not hold JSON", e);
    }
    return new SecretList(entries);
  }

  SecretList live(Instant now) {
    return new SecretList(entries.stream().filter(entry -> entry.isLive(now)).toList());
  }

  /** With a newer one, beside which the others stay for a while. */
  SecretList rotated(Entry newest, Duration overlap, Instant now) {
    List<Entry> all = new ArrayList<>(List.of(newest));
    entries.forEach(entry -> all.add(entry.endingBy(now.plus(overlap))));
    return new SecretList(all).live(now);
  }

  /** The column's text. */
  String write() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Entry entry : entries) {
      ObjectNode node = array.addObject();
      if (entry.sealed() != null) {
        node.put("value", Base64.getEncoder().encodeToString(entry.sealed().bytes()));
        node.put("key_id", entry.sealed().keyId());
      } else {
        node.put("ref", entry.reference());
      }
      if (entry.until() != null) {
        node.put("until", entry.until().toString());
      }
    }
    return array.toString();
  }
}
