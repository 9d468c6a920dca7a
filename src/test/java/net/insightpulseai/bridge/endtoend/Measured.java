package net.insightpulseai.bridge.endtoend;

/** What is measured and not asserted: machines differ. */
final class Measured {

  private Measured() {}

  static void print(String text, Object... arguments) {
    System.out.println("measured: " + text.formatted(arguments));
  }
}
