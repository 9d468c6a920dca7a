package net.insightpulseai.bridge.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/**
 * Which events and dead letters are followed.
 *
 * @param forEvents parameters of the list of events, each after an ampersand
 * @param forDeadLetters the same for dead letters
 * @param takesDeadLetters false if the filter is about events alone
 * @param fromNow whether only what is new is wanted
 */
record TailQuery(
    String forEvents, String forDeadLetters, boolean takesDeadLetters, boolean fromNow) {

  static TailQuery of(
      Arguments arguments,
      Console console,
      Option type,
      Option record,
      Option correlation,
      Option since)
      throws WrongArguments {
    String shared = parameter(arguments, correlation);
    String from = arguments.value(since.name());
    if (from != null) {
      shared +=
          "&since="
              + URLEncoder.encode(
                  GivenTime.read(
                          since.name(),
                          from,
                          console.clock().instant(),
                          Console.times(arguments).zone())
                      .toString(),
                  UTF_8);
    }
    String events = shared + parameter(arguments, type) + parameter(arguments, record);
    boolean ofEvents = arguments.has(type.name()) || arguments.has(record.name());
    return new TailQuery(events, shared + "&resolution=all", !ofEvents, from == null);
  }

  private static String parameter(Arguments arguments, Option option) {
    String value = arguments.value(option.name());
    return value == null ? "" : "&" + option.parameter() + "=" + URLEncoder.encode(value, UTF_8);
  }
}
