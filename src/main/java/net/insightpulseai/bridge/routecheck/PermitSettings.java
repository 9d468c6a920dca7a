package net.insightpulseai.bridge.routecheck;

import java.util.List;
import java.util.Set;
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
 */
@Validated
@ConfigurationProperties("bridge.routes")
record PermitSettings(@DefaultValue(PermitSettings.SHIPPED) List<String> allowComponents) {

  /** What the shipped routes need, and what runs no command and reads no file. */
  static final String SHIPPED = "direct,http,https,kafka,log,outbox,platform-http,sql,timer";

  /** Read where no bean is made. */
  static Set<String> components(Environment environment) {
    return Binder.get(environment)
        .bind("bridge.routes.allow-components", Bindable.setOf(String.class))
        .orElseGet(() -> Set.of(SHIPPED.split(",")));
  }
}
