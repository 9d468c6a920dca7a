package net.insightpulseai.bridge.bench;

import java.util.Locale;

/** What a figure is measured in, and how it is written. */
enum Unit {
  PER_SECOND("/s", "%,.0f"),
  MILLISECONDS("ms", "%,.1f"),
  /** Of processor time, for each event, delivery or action. */
  CPU_MICROSECONDS("us CPU", "%,.0f"),
  RATIO("ratio", "%.2f"),
  SECONDS("s", "%.1f"),
  MEGABYTES("MB", "%,.0f"),
  BYTES("bytes", "%,.0f"),
  TRANSACTIONS("transactions", "%.3f");

  private final String text;
  private final String format;

  Unit(String text, String format) {
    this.text = text;
    this.format = format;
  }

  String text() {
    return text;
  }

  String write(double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
