package net.insightpulseai.bridge.client;

import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.client.Column.Form;

/**
 * A list of the API.
 *
 * @param name the command's name
 * @param purpose in a few words
 * @param path where it is
 * @param array where its rows are in an answer that has no pages; empty if it has pages
 * @param filters the options that become parameters
 * @param columns of the table
 */
record Listing(
    String name,
    String purpose,
    String path,
    String array,
    List<Option> filters,
    List<Column> columns) {

  private static final Option CORRELATION =
      filter("--correlation-id", "UUID", "of everything that belongs together");
  private static final Option CAUSATION = filter("--causation-id", "ID", "what caused it");
  private static final Option RECORD = filter("--record", "MODEL:ID", "such as res.partner:42");
  private static final Option SINCE =
      filter("--since", "TIME", "from then on: 2h or 7d ago, a date, or a time");
  private static final Option UNTIL = filter("--until", "TIME", "before then");
  private static final Option BEFORE = filter("--before", "ID", "only ids below it");
  private static final Option AFTER = filter("--after", "ID", "only ids above it, oldest first");

  private static final List<Option> PAGED = List.of(SINCE, UNTIL, BEFORE, AFTER);

  static final List<Listing> ALL =
      List.of(
          new Listing(
              "events",
              "lists stored events, newest first",
              "/bridge/events",
              "",
              with(
                  new Option("--type", "TYPE", "event_type", "a type, or a prefix: res.partner.*"),
                  filter("--source", "SOURCE", "odoo, supabase or bridge"),
                  filter("--resource-id", "ID", "of the record"),
                  RECORD,
                  CORRELATION,
                  CAUSATION),
              List.of(
                  Column.number("id"),
                  Column.time("created_at").as("STORED"),
                  Column.word("source"),
                  Column.text("event_type").as("TYPE"),
                  Column.text("resource_id").as("RECORD"),
                  Column.word("correlation_id"))),
          new Listing(
              "actions",
              "lists actions for Odoo with what became of each, newest first",
              "/bridge/actions",
              "",
              with(
                  filter("--status", "STATUS", "queued, sent, applied or error"),
                  filter("--action", "NAME", "a name, or a prefix: res.partner.*"),
                  filter("--target", "TARGET", "such as odoo"),
                  RECORD,
                  CORRELATION,
                  CAUSATION),
              List.of(
                  Column.number("id"),
                  Column.time("created_at").as("QUEUED"),
                  Column.word("status"),
                  Column.text("action"),
                  Column.text("ordering_key").as("RECORD"),
                  Column.number("attempts").as("TRIED"),
                  Column.text("why"))),
          new Listing(
              "dead-letters",
              "lists what finally failed and is not settled, newest first",
              "/bridge/dead-letters",
              "",
              with(
                  filter("--queue", "QUEUE", "odoo-actions or event-deliveries"),
                  filter("--target", "TARGET", "odoo, or subscriber: and an id"),
                  filter("--subscriber", "NAME", "of a subscriber"),
                  filter("--reason", "REASON", "a word of the list in docs/operations.md"),
                  filter("--fault", "SIDE", "other_side or bridge"),
                  filter("--resolution", "WORD", "open (the default), requeued, discarded or all"),
                  CORRELATION),
              List.of(
                  Column.number("id"),
                  Column.time("created_at").as("FAILED"),
                  new Column("WHAT", "/action /event_type", Form.TEXT),
                  new Column("FOR", "/subscriber /target", Form.TEXT),
                  Column.word("reason"),
                  Column.word("fault"),
                  Column.word("resolution"),
                  Column.text("error"))),
          new Listing(
              "subscribers",
              "lists the subscribers with their state and what waits for them",
              "/bridge/subscribers",
              "subscribers",
              List.of(),
              List.of(
                  Column.number("id"),
                  Column.text("name"),
                  Column.word("kind"),
                  Column.word("state"),
                  Column.number("open"),
                  Column.number("dead"),
                  Column.text("event_types"),
                  Column.text("changed_by").as("BY"),
                  Column.text("reason").as("WHY"))),
          new Listing(
              "targets",
              "lists Odoo and the subscribers with what is stopped, by whom and why",
              "/bridge/targets",
              "targets",
              List.of(),
              List.of(
                  Column.word("target"),
                  Column.text("subscriber"),
                  Column.word("state"),
                  Column.number("open"),
                  Column.number("dead"),
                  Column.text("changed_by").as("BY"),
                  Column.time("since"),
                  Column.text("reason").as("WHY"),
                  new Column("WAITS FOR", "/held_by /waiting/error", Form.TEXT))));

  boolean paged() {
    return array.isEmpty();
  }

  private static Option filter(String name, String value, String purpose) {
    return new Option(name, value, name.substring(2).replace('-', '_'), purpose);
  }

  private static List<Option> with(Option... filters) {
    List<Option> all = new ArrayList<>(List.of(filters));
    all.addAll(PAGED);
    return List.copyOf(all);
  }
}
