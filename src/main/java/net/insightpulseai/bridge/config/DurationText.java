package net.insightpulseai.bridge.config;

import java.time.Duration;

/** A duration as it is written in application.yaml: {@code 500ms}, {@code 75s}, {@code 7d}. */
public final class DurationText {

  private DurationText() {}

  /** In the largest unit that needs no fraction. */
  public static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 60 != 0 || seconds == 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
  }
}
