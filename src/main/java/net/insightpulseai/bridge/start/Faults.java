package net.insightpulseai.bridge.start;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.beans.BeansException;
import org.springframework.boot.context.properties.bind.BindException;

/** What is wrong with the settings, one line each. */
final class Faults {

  private final List<String> lines;

  Faults(List<String> lines) {
    this.lines = new ArrayList<>(lines);
  }

  void add(StartRefused refused) {
    add(String.valueOf(refused.getMessage()));
  }

  /** A second line about a key that has one would only repeat it. */
  private void add(String line) {
    String key = line.replaceFirst("[: ].*", "");
    if (lines.stream().noneMatch(one -> one.startsWith(key + ":") || one.equals(line))) {
      lines.add(line);
    }
  }

  void attempt(Runnable check) {
    try {
      check.run();
    } catch (StartRefused | BindException e) {
      add(String.valueOf(StartFailureReporter.line(e)));
    } catch (BeansException e) {
      String line = StartFailureReporter.line(e);
      if (line == null) {
        throw e;
      }
      add(line);
    }
  }

  void rewrite(UnaryOperator<String> each) {
    lines.replaceAll(each);
  }

  boolean none() {
    return lines.isEmpty();
  }

  int count() {
    return lines.size();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
