package net.insightpulseai.bridge.doctor;

import net.insightpulseai.bridge.start.StartFailureReporter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Reads every section of the settings by itself, so that one that is wrong hides no other. */
class SectionsCheck {

  private final ListableBeanFactory sections;

  SectionsCheck(ListableBeanFactory sections) {
    this.sections = sections;
  }

  void run(DoctorReport report) {
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
