package net.insightpulseai.bridge.config;

import org.jspecify.annotations.Nullable;

/** What the YAML parser complains of, with what is usually the cause. */
public final class YamlProblem {

  private YamlProblem() {}

  /** The problem in one line, with what to look at. */
  public static String of(@Nullable String problem) {
    String text = problem == null ? "it cannot be read" : problem;
    if (text.contains("'\\t'") || text.contains("TAB")) {
      return "a tab stands where spaces must; indent with spaces";
    }
    if (text.contains("block end") || text.contains("block mapping") || text.contains("'-'")) {
      return text + "; look at how far this line is indented, and the one above it";
    }
    if (text.contains("mapping values are not allowed")) {
      return text + "; indent the line as its neighbors, or put a text that holds \": \" in quotes";
    }
    return text;
  }
}
