package net.insightpulseai.bridge.routecheck;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.validation.annotation.Validated;

/**
 * What is done at the start about routes that cannot run.
 *
 * @param onRefusal fail or last-good
 */
@Validated
@ConfigurationProperties("bridge.routes")
public record RefusalSettings(@DefaultValue("fail") OnRefusal onRefusal) {

  /** What the bridge starts with instead. */
  public enum OnRefusal {
    /** Nothing: it does not start. */
    FAIL,
    /** The version in the database that ran last. */
    LAST_GOOD
  }

  /** Read where no bean is made. */
  public static OnRefusal of(Environment environment) {
    return Binder.get(environment)
        .bind("bridge.routes.on-refusal", OnRefusal.class)
        .orElse(OnRefusal.FAIL);
  }
}
