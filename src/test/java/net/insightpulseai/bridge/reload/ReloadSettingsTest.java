package net.insightpulseai.bridge.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.insightpulseai.bridge.reload.ReloadSettings.Reload;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ReloadSettingsTest {

  /** YAML reads it so. */
  @Test
  void offWithoutQuotesIsOff() {
    Binder binder =
        new Binder(new MapConfigurationPropertySource(Map.of("bridge.routes.reload", false)));

    assertThat(binder.bindOrCreate("bridge.routes", ReloadSettings.class).reload())
        .isEqualTo(Reload.OFF);
  }
}
