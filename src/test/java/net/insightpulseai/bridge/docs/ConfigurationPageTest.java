package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** docs/configuration.md lists the settings that application.yaml and the code have. */
class ConfigurationPageTest {

  private static final List<SettingsFile.Setting> SETTINGS = SettingsFile.read();

  @Test
  void everySettingHasAComment() {
    assertThat(SETTINGS.stream().filter(one -> one.description().isEmpty())).isEmpty();
    assertThat(SETTINGS).hasSizeGreaterThan(50);
  }

  @Test
  void thePageSaysWhatTheFileSays() throws IOException {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    SETTINGS.forEach(
        one ->
            sections
                .computeIfAbsent(one.section(), section -> new ArrayList<>())
                .add(GeneratedPart.bullet(text(one))));
    List<String> lines = new ArrayList<>();
    sections.forEach(
        (section, settings) -> {
          lines.addAll(List.of("", "### " + section, ""));
          lines.addAll(settings);
        });
    GeneratedPart.of("docs/configuration.md", "settings").mustBe(lines);
  }

  private static String text(SettingsFile.Setting one) {
    StringBuilder text = new StringBuilder("`").append(one.key()).append('`');
    if (!one.variable().isEmpty()) {
      text.append(", variable `").append(one.variable()).append('`');
    }
    if (!one.value().isEmpty()) {
      text.append(", default `").append(one.value()).append('`');
    }
    // What stands between angle brackets would be taken for HTML.
    return text.append(" – ").append(one.description().replace("<", "\\<")).toString();
  }

  @Test
  void theFileHasEverySettingOfTheCodeWithItsDefault() {
    Map<String, String> written = new HashMap<>();
    SETTINGS.forEach(one -> written.put(one.key(), one.value()));
    Map<String, String> bound = bound();
    assertThat(bound).hasSizeGreaterThan(45);
    Map<String, String> different = new TreeMap<>(bound);
    different.entrySet().removeIf(one -> one.getValue().equals(written.get(one.getKey())));
    assertThat(different).isEmpty();
  }

  /** Each property of a record that binds settings, with its default as text. */
  private static Map<String, String> bound() {
    ClassPathScanningCandidateComponentProvider scan =
        new ClassPathScanningCandidateComponentProvider(false);
    scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    Map<String, String> bound = new TreeMap<>();
    scan.findCandidateComponents("net.insightpulseai.bridge").stream()
        .map(found -> load(found.getBeanClassName()))
        .filter(Class::isRecord)
        .forEach(
            type -> {
              String prefix = type.getAnnotation(ConfigurationProperties.class).value();
              for (Parameter one : type.getDeclaredConstructors()[0].getParameters()) {
                bound.put(prefix + "." + name(one), value(prefix, one));
              }
            });
    return bound;
  }

  private static String name(Parameter one) {
    Name own = one.getAnnotation(Name.class);
    return own != null
        ? own.value()
        : one.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }

  private static String value(String prefix, Parameter one) {
    if ((prefix + "." + name(one)).equals("bridge.subscribers")) {
      return "[]";
    }
    DefaultValue value = one.getAnnotation(DefaultValue.class);
    return value == null ? "no default" : String.join(",", value.value());
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
