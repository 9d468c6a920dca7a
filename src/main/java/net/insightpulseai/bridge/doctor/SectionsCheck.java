package net.insightpulseai.bridge.doctor;

import net.insightpulseai.bridge.settings.WrittenSettings;
import net.insightpulseai.bridge.start.StartFailureReporter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reads every section of the settings by itself, so that one that is wrong hides no other. */
class SectionsCheck {

  private final ConfigurableListableBeanFactory sections;
  private final ConfigurableEnvironment environment;

  SectionsCheck(ConfigurableListableBeanFactory sections, ConfigurableEnvironment environment) {
    this.sections = sections;
    this.environment = environment;
  }

  void run(DoctorReport report) {
    String missing = WrittenSettings.missingFile(environment);
    if (missing != null) {
      report.fail(missing, "nothing else below means anything without it");
    }
    WrittenSettings written = WrittenSettings.of(sections, environment);
    written.wrong().forEach(line -> report.fail(line, "correct it; the bridge does not start"));
    written.suspect().forEach(line -> report.warn(line, "correct or remove it"));
    for (String name : sections.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
      try {
        sections.getBean(name);
      } catch (BeansException e) {
        report.fail(why(e), "correct it; the checks that need it did not run");
      }
    }
  }

  /** A check, or null if a section that it needs is wrong, which {@link #run} has reported. */
  static <T> @Nullable T withItsSettings(ObjectProvider<T> check) {
    try {
      return check.getObject();
    } catch (BeansException e) {
      return null;
    }
  }

  private static String why(BeansException e) {
    String line = StartFailureReporter.line(e);
    String text = line == null ? String.valueOf(e.getMostSpecificCause().getMessage()) : line;
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
