package net.insightpulseai.bridge.subscriber;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import net.insightpulseai.bridge.http.BodyFields;
import org.jspecify.annotations.Nullable;

/**
 * Where the PEM texts are that a webhook's connections need; each a reference as secrets have.
 *
 * @param ca the authorities that are trusted instead of the public ones
 * @param certificate the client certificate with its chain
 * @param key its private key
 */
public record TlsReferences(
    @Nullable String ca, @Nullable String certificate, @Nullable String key) {

  private static final Set<String> FIELDS = Set.of("ca", "certificate", "key");
  private static final int LONGEST = 500;

  /** Null if the body has none. */
  static @Nullable TlsReferences read(BodyFields body) {
    if (body.value("tls") == null) {
      return null;
    }
    BodyFields fields = new BodyFields(body.objectOrEmpty("tls"));
    fields.refuseOthers(FIELDS);
    TlsReferences read =
        new TlsReferences(
            fields.text("ca", LONGEST),
            fields.text("certificate", LONGEST),
            fields.text("key", LONGEST));
    return read.isEmpty() ? null : read;
  }

  boolean isEmpty() {
    return ca == null && certificate == null && key == null;
  }

  /** The column's value. */
  ObjectNode write() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("ca", ca);
    object.put("certificate", certificate);
    object.put("key", key);
    return object;
  }
}
