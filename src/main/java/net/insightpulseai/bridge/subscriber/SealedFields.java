package net.insightpulseai.bridge.subscriber;

import java.util.Locale;
import net.insightpulseai.bridge.encryption.Binding;

/** What the sealed texts of a subscriber belong to: the subscriber, by id, and the field. */
final class SealedFields {

  private static final String TABLE = "subscriber";

  private SealedFields() {}

  static Binding secret(long subscriberId) {
    return new Binding(TABLE, Long.toString(subscriberId), "secrets");
  }

  /**
   * Of a header's value.
   *
   * @param name in any case
   * @param basic whether the text is a user and a password, and not the value itself
   */
  static Binding header(long subscriberId, String name, boolean basic) {
    String field = basic ? "basic_auth" : "headers/" + name.toLowerCase(Locale.ROOT);
    return new Binding(TABLE, Long.toString(subscriberId), field);
  }
}
