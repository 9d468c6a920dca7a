package net.insightpulseai.bridge.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** The options of a replay as the body of {@code POST /bridge/replay}. */
final class ReplaySelection {

  static final List<Option> OPTIONS =
      List.of(
          new Option("--events", "IDS", "events", "these events: 7,8,9"),
          new Option("--correlation-id", "UUID", "correlation_id", "the events with this id"),
          new Option("--record", "MODEL:ID", "record", "the events about this record"),
          new Option("--since", "TIME", "since", "stored from then on; with --until"),
          new Option("--until", "TIME", "until", "stored before then; now, if it is not given"),
          new Option("--type", "TYPES", "event_types", "with --since: res.partner.*,sale.order.*"),
          new Option("--source", "SOURCES", "sources", "with --since: odoo, supabase, bridge"),
          new Option("--subscriber", "NAME", "subscriber", "only to this one, by id or name"),
          new Option("--rate", "NUMBER", "rate", "events a second"));

  private ReplaySelection() {}

  /**
   * The body, without what is for the record.
   *
   * @throws WrongArguments if nothing is selected, or a value is none
   */
  static ObjectNode of(Arguments arguments, ObjectMapper json, Instant now) throws WrongArguments {
    ObjectNode body = json.createObjectNode();
    for (Option option : OPTIONS) {
      String value = arguments.value(option.name());
      if (value != null) {
        put(body, option, value, now, arguments);
      }
    }
    if (body.has("since") && !body.has("until")) {
      body.put("until", now.toString());
    }
    if (!body.has("events")
        && !body.has("correlation_id")
        && !body.has("record")
        && !body.has("since")) {
      throw new WrongArguments(
          "nothing is selected; expected --events, --correlation-id, --record, or --since");
    }
    return body;
  }

  private static void put(
      ObjectNode body, Option option, String value, Instant now, Arguments arguments)
      throws WrongArguments {
    switch (option.value()) {
      case "TIME" ->
          body.put(
              option.parameter(),
              GivenTime.read(option.name(), value, now, ZoneId.systemDefault()).toString());
      case "NUMBER" -> body.put(option.parameter(), arguments.number(option.name(), 1));
      case "IDS" -> {
        ArrayNode ids = body.putArray(option.parameter());
        for (String id : value.split(",", -1)) {
          if (!id.strip().matches("[0-9]{1,18}")) {
            throw new WrongArguments(option.name() + " is " + value + "; expected ids: 7,8,9");
          }
          ids.add(Long.parseLong(id.strip()));
        }
      }
      case "TYPES", "SOURCES" -> {
        ArrayNode words = body.putArray(option.parameter());
        for (String word : value.split(",", -1)) {
          words.add(word.strip());
        }
      }
      default -> {
        if (option.parameter().equals("subscriber") && value.matches("[0-9]{1,18}")) {
          body.put(option.parameter(), Long.parseLong(value));
        } else {
          body.put(option.parameter(), value);
        }
      }
    }
  }
}
