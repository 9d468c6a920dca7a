package net.insightpulseai.bridge.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Reads which events a replay selects, and writes it in the form that {@code bridge.replay_selects}
 * understands. The same selection is always the same text, however it was sent.
 */
final class Selection {

  /** The fields of a selection. */
  static final Set<String> FIELDS =
      Set.of("events", "correlation_id", "record", "since", "until", "event_types", "sources");

  private static final int MOST_EVENTS = 1_000;
  private static final int MOST_PATTERNS = 100;
  private static final Set<String> SOURCES = Set.of("odoo", "supabase", "bridge");
  private static final Pattern EVENT_TYPES = Pattern.compile("\\*|[^\\s*\\p{Cc}\\p{Cs}]+(\\.\\*)?");
  private static final Pattern RECORD = Pattern.compile("[^:\\s]+:\\S+");

  private final BodyFields fields;

  private Selection(BodyFields fields) {
    this.fields = fields;
  }

  /**
   * Reads it.
   *
   * @throws Refusal 400 with what is wrong
   */
  static ObjectNode of(BodyFields fields) {
    List<String> ways = new ArrayList<>();
    for (String way : List.of("events", "correlation_id", "record", "since")) {
      if (fields.value(way) != null) {
        ways.add(way);
      }
    }
    if (ways.size() != 1) {
      throw new Refusal(
          400,
          "invalid_selection",
          "Choose the events by exactly one of events, correlation_id, record, or since and until; found "
              + (ways.isEmpty() ? "none" : String.join(", ", ways)));
    }
    boolean window = ways.get(0).equals("since");
    for (String field : List.of("until", "event_types", "sources")) {
      if (!window && fields.value(field) != null) {
        throw BodyFields.bad(field, "absent without since");
      }
    }
    ObjectNode filter = JsonNodeFactory.instance.objectNode();
    new Selection(fields).put(ways.get(0), filter);
    return filter;
  }

  private void put(String way, ObjectNode filter) {
    switch (way) {
      case "events" -> filter.set("events", events());
      case "correlation_id" -> filter.put(way, lower(fields.uuid(way)));
      case "record" -> filter.put(way, record(fields.text(way, 300)));
      default -> putWindow(filter);
    }
  }

  private ArrayNode events() {
    JsonNode given = fields.value("events");
    Set<Long> ids = new TreeSet<>();
    if (given != null) {
      for (JsonNode id : given) {
        if (!id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() < 1) {
          throw badEvents();
        }
        ids.add(id.longValue());
      }
    }
    if (given == null || !given.isArray() || ids.isEmpty() || given.size() > MOST_EVENTS) {
      throw badEvents();
    }
    ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
    ids.forEach(sorted::add);
    return sorted;
  }

  private static Refusal badEvents() {
    return BodyFields.bad(
        "events", "an array of 1 to " + MOST_EVENTS + " event ids, such as [7,8]");
  }

  private static String record(@Nullable String record) {
    if (record == null || !RECORD.matcher(record).matches()) {
      throw BodyFields.bad("record", "model:id, such as res.partner:42");
    }
    return record;
  }

  private void putWindow(ObjectNode filter) {
    Instant since = time("since");
    Instant until = time("until");
    if (!until.isAfter(since)) {
      throw BodyFields.bad("until", "later than since");
    }
    filter.put("since", since.toString());
    filter.put("until", until.toString());
    putWords(
        filter,
        "event_types",
        pattern -> pattern.length() <= 200 && EVENT_TYPES.matcher(pattern).matches(),
        "an array of at most " + MOST_PATTERNS + " types, such as [\"res.partner.*\"]");
    putWords(filter, "sources", SOURCES::contains, "an array of odoo, supabase, bridge");
  }

  private Instant time(String name) {
    String time = fields.time(name);
    if (time == null) {
      throw BodyFields.bad(name, "given too: a time window needs both since and until");
    }
    return OffsetDateTime.parse(time).toInstant();
  }

  private void putWords(
      ObjectNode filter, String name, Predicate<String> allowed, String expected) {
    JsonNode given = fields.value(name);
    if (given == null) {
      return;
    }
    Set<String> words = new TreeSet<>();
    for (JsonNode word : given) {
      if (!word.isTextual() || !allowed.test(word.textValue())) {
        throw BodyFields.bad(name, expected);
      }
      words.add(word.textValue());
    }
    if (!given.isArray() || words.isEmpty() || given.size() > MOST_PATTERNS) {
      throw BodyFields.bad(name, expected);
    }
    ArrayNode sorted = filter.putArray(name);
    words.forEach(sorted::add);
  }

  private static @Nullable String lower(@Nullable String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }
}
