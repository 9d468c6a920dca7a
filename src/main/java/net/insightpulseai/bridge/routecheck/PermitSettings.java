package net.insightpulseai.bridge.routecheck;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.validation.annotation.Validated;

/**
 * What routes may use.
 *
 * @param allowComponents the schemes of the endpoints that they may name
 * @param allowLanguages the languages of their expressions
 */
@Validated
@ConfigurationProperties("bridge.routes")
record PermitSettings(
    @DefaultValue(PermitSettings.SHIPPED) List<String> allowComponents,
    @DefaultValue(PermitSettings.LANGUAGES) List<String> allowLanguages) {

  /** What the shipped routes need, and what runs no command and reads no file. */
  static final String SHIPPED = "direct,http,https,kafka,log,outbox,platform-http,sql,timer";

  /** What the shipped routes and the examples need, and what only reads from a message. */
  static final String LANGUAGES = "constant,exchangeProperty,header,simple,tokenize,variable";

  /** Read where no bean is made. */
  static Set<String> components(Environment environment) {
    return read(environment, "allow-components", SHIPPED);
  }

  /** The same of languages. */
  static Set<String> languages(Environment environment) {
    return read(environment, "allow-languages", LANGUAGES);
  }

  private static Set<String> read(Environment environment, String name, String otherwise) {
    return Binder.get(environment)
        .bind("bridge.routes." + name, Bindable.setOf(String.class))
        .orElseGet(() -> Set.of(otherwise.split(",")));
  }

  /**
   * That something may not be used.
   *
   * @param what component or language
   * @param setting the name of the one that allows it
   */
  static String refusal(String what, String name, Collection<String> allowed, String setting) {
    return "the %s \"%s\" is not allowed, expected one of %s; bridge.routes.%s names them"
        .formatted(what, name, String.join(", ", new TreeSet<>(allowed)), setting);
  }
}
