package net.insightpulseai.bridge.reload;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is done about edits of the route files.
 *
 * @param reload off, check or apply
 */
@Validated
@ConfigurationProperties("bridge.routes")
record ReloadSettings(@DefaultValue("apply") Reload reload) {

  /** How far an edit gets by itself. */
  enum Reload {
    /** Nothing is looked at until an operator asks. */
    OFF,
    /** It is checked, and the result is told. */
    CHECK,
    /** It is checked, and applied if it has no fault. */
    APPLY
  }
}
