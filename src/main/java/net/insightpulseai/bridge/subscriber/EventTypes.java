package net.insightpulseai.bridge.subscriber;

import java.util.List;
import java.util.regex.Pattern;

/** Checks event type patterns; {@code bridge.event_type_matches} matches them. */
final class EventTypes {

  private static final int MOST = 100;
  private static final String WORD = "[^\\p{IsWhite_Space}\\p{Cntrl}*.]+";
  private static final Pattern PATTERN =
      Pattern.compile("\\*|(?=.{1,202}$)" + WORD + "(\\." + WORD + ")*(\\.\\*)?");

  private EventTypes() {}

  static void check(List<String> patterns) {
    if (patterns.isEmpty()
        || patterns.size() > MOST
        || !patterns.stream().allMatch(pattern -> PATTERN.matcher(pattern).matches())) {
      throw new WrongDefinition(
          "event_types",
          "must be 1 to "
              + MOST
              + " of: a type such as res.partner.updated, a prefix such as res.partner.*, or * for all"
              + " except bridge.*");
    }
  }
}
