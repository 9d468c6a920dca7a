package net.insightpulseai.bridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.delivery.ThinMessage;
import org.jspecify.annotations.Nullable;

/**
 * An event as a record.
 *
 * @param topic a name that Kafka takes
 * @param key the lane of the event, so that events of one record of Odoo stay in one partition and
 *     in order; null where there is no order
 * @param headers by name, in their order
 * @param value the JSON that a webhook would get
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
record EventRecord(String topic, @Nullable String key, Map<String, String> headers, byte[] value) {

  private static final Pattern REFUSED = Pattern.compile("[^A-Za-z0-9._-]");
  private static final int LONGEST_TOPIC = 249;

  /**
   * The name of a topic: what Kafka does not take becomes an underscore.
   *
   * @param filled the template of the subscriber, filled in
   */
  static String topic(String filled) {
    String name = REFUSED.matcher(filled).replaceAll("_");
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      return "_";
    }
    return name.substring(0, Math.min(name.length(), LONGEST_TOPIC));
  }

  /**
   * The value of a record.
   *
   * @param message the JSON of an event
   * @param most in bytes; a larger one is made thin
   * @throws JsonProcessingException if a message that is to be made thin is no JSON
   */
  static byte[] value(String message, boolean thin, long most, ThinMessage thinMessage)
      throws JsonProcessingException {
    if (!thin) {
      byte[] whole = message.getBytes(UTF_8);
      if (whole.length <= most) {
        return whole;
      }
    }
    return thinMessage.of(message).getBytes(UTF_8);
  }
}
