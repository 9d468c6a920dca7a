package net.insightpulseai.bridge.doctor;

import net.insightpulseai.bridge.settings.WrittenSettings;
import net.insightpulseai.bridge.start.StartChecks;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/** Checks the settings as the start does. One that is wrong hides no other. */
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
    StartChecks.wrong(sections, environment)
        .forEach(line -> report.fail(line, "correct it; the bridge does not start"));
    written.suspect().forEach(line -> report.warn(line, "correct or remove it"));
  }

  /** A check, or null if a section that it needs is wrong, which {@link #run} has reported. */
  static <T> @Nullable T withItsSettings(ObjectProvider<T> check) {
    try {
      return check.getObject();
    } catch (BeansException e) {
      return null;
    }
  }
}
