package net.insightpulseai.bridge.http;

import org.jspecify.annotations.Nullable;

/**
 * The person behind an act that is recorded, and the reason.
 *
 * @param who a name of at most 200 characters
 * @param why the reason, of at most 200 characters
 */
public record Operator(String who, String why) {

  private static final int LONGEST = 200;

  /**
   * Reads the fields {@code who} and {@code why}.
   *
   * @throws Refusal 400 unless both are there
   */
  public static Operator of(BodyFields fields) {
    return named(fields.text("who", LONGEST), fields.text("why", LONGEST));
  }

  /**
   * The same as given by other means.
   *
   * @throws Refusal 400 unless both are there
   */
  public static Operator named(@Nullable String who, @Nullable String why) {
    return new Operator(required(who, "who", "your name"), required(why, "why", "the reason"));
  }

  /** The same from query parameters, for requests without a body. */
  public static Operator of(Query query) {
    return named(query.text("who", LONGEST), query.text("why", LONGEST));
  }

  /** The same where both are optional. */
  public static Operator orUnnamed(BodyFields fields) {
    String who = fields.text("who", LONGEST);
    String why = fields.text("why", LONGEST);
    return new Operator(
        who == null || who.isBlank() ? "a caller with service access" : who.strip(),
        why == null ? "" : why.strip());
  }

  private static String required(@Nullable String text, String name, String meaning) {
    if (text == null || text.isBlank()) {
      throw new Refusal(
          400, "missing_" + name, "Missing " + name + ": " + meaning + ", for the record");
    }
    return text.strip();
  }
}
