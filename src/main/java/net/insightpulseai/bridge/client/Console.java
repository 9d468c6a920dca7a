package net.insightpulseai.bridge.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command reads from and prints to.
 *
 * @param out results
 * @param errors everything that is no result
 * @param in answers to questions
 * @param terminalWidth of the terminal that {@code out} is
 */
record Console(
    PrintStream out, PrintStream errors, BufferedReader in, int terminalWidth, Clock clock) {

  static final Option JSON =
      Option.flag("--json", "prints the API's JSON, one object a line, and no table");
  static final Option UTC = Option.flag("--utc", "shows times in UTC, not in the local zone");
  static final Option WIDTH =
      Option.own("--width", "COLUMNS", "how wide a table may be; by default as the terminal");

  /** The options of every command that prints a table. */
  static final List<Option> OF_TABLES = List.of(JSON, UTC, WIDTH);

  static ShownTime times(Arguments arguments) {
    return new ShownTime(arguments.has(UTC.name()) ? ZoneId.of("UTC") : ZoneId.systemDefault());
  }

  Table table(List<Column> columns, Arguments arguments) throws WrongArguments {
    return new Table(columns, times(arguments), arguments.number(WIDTH.name(), terminalWidth));
  }

  /** The answer to a question; null if there is nobody to answer. */
  @Nullable String ask(String question) throws CallFailed {
    errors.print(question);
    errors.flush();
    try {
      return in.readLine();
    } catch (IOException e) {
      throw new CallFailed("the answer cannot be read: " + e.getMessage());
    }
  }
}
