package net.insightpulseai.bridge.client;

/**
 * An option of a command.
 *
 * @param name with its two dashes
 * @param value what its value is, in one word; empty if it has none
 * @param parameter the parameter or field of the API that it sets; empty if it is for the command
 * @param purpose in a few words
 */
record Option(String name, String value, String parameter, String purpose) {

  static Option flag(String name, String purpose) {
    return new Option(name, "", "", purpose);
  }

  static Option own(String name, String value, String purpose) {
    return new Option(name, value, "", purpose);
  }

  boolean hasValue() {
    return !value.isEmpty();
  }

  /** As it is written in the usage text. */
  String written() {
    return hasValue() ? name + " " + value : name;
  }
}
