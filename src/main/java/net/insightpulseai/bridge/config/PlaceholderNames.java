package net.insightpulseai.bridge.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a class of {@link RoutePlaceholders} resolves, for a check that has no settings. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PlaceholderNames {

  /** What comes before the colon. */
  String prefix();

  /** What may come after it, each with a value for trials: {@code url=http://odoo.invalid}. */
  String[] samples();
}
