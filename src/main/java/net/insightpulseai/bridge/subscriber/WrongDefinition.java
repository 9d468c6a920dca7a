package net.insightpulseai.bridge.subscriber;

import java.util.Objects;
import net.insightpulseai.bridge.http.Refusal;

/** An invalid definition of a subscriber; the API and the start report it each in their form. */
final class WrongDefinition extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field as the API calls it, {@code event_types}
   * @param demand what follows the field's name in a sentence, {@code must be …}; never a secret
   */
  WrongDefinition(String field, String demand) {
    super(demand, null, false, false);
    this.field = field;
  }

  String field() {
    return field;
  }

  /** The same as an answer of the API. */
  Refusal refusal() {
    return new Refusal(400, "invalid_" + field, field + " " + demand());
  }

  String demand() {
    return Objects.requireNonNull(getMessage());
  }
}
