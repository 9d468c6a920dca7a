package net.insightpulseai.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OdooSettingsTest {

  @Test
  void nothingSetMeansThereIsNoOdoo() {
    OdooSettings settings = bind(Map.of());

    assertThat(settings.configured()).isFalse();
    assertThat(settings.responseTimeout()).isEqualTo(Duration.ofSeconds(75));
    assertThat(settings.retrySchedule()).hasSize(10).startsWith(Duration.ofSeconds(2));
  }

  @Test
  void slashesAtTheEndOfTheUrlDoNotMatter() {
    OdooSettings settings =
        bind(Map.of("base-url", "https://erp.example.com/odoo//", "api-token", "t"));

    assertThat(settings.configured()).isTrue();
    assertThat(settings.baseUrl()).isEqualTo("https://erp.example.com/odoo");
  }

  @ParameterizedTest
  @CsvSource({
    "http://odoo_web:8069, http://odoo_web:8069",
    "' https://odoo.bücher.example/ ', https://odoo.xn--bcher-kva.example",
    "http://[::1]:8069/~erp/, http://[::1]:8069/~erp"
  })
  void everyHostThatCanBeCalledMayStandInTheUrl(String text, String url) {
    assertThat(bind(Map.of("base-url", text, "api-token", "t")).baseUrl()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "erp.example.com",
        "ftp://erp.example.com",
        "https:///x",
        "https://erp.example.com?db=x",
        "https://u:hidden@erp.example.com",
        "not a url"
      })
  void wrongUrlIsNamedWithWhatIsExpectedAndWithoutItsText(String url) {
    assertThatThrownBy(() -> bind(Map.of("base-url", url, "api-token", "t")))
        .rootCause()
        .satisfies(OdooSettingsTest::namesTheUrl);
  }

  @Test
  void missingTokenIsNamed() {
    assertRefused(Map.of("base-url", "https://erp.example.com"), "ODOO_API_TOKEN");
  }

  @Test
  void aTokenThatCannotBeAHeaderIsRefusedWithoutShowingIt() {
    assertRefused(
        Map.of("base-url", "https://erp.example.com", "api-token", "geh\neim"), "ODOO_API_TOKEN");
  }

  @Test
  void simulatedBesideARealOdooIsRefused() {
    assertRefused(
        Map.of("base-url", "https://erp.example.com", "api-token", "t", "simulated", "true"),
        "BRIDGE_SIMULATED_ODOO");
  }

  @Test
  void theTokenIsNotShown() {
    assertThat(bind(Map.of("base-url", "https://erp.example.com", "api-token", "hush")))
        .asString()
        .contains("erp.example.com")
        .doesNotContain("hush");
  }

  private static void namesTheUrl(Throwable e) {
    assertThat(e.getMessage())
        .contains("ODOO_BASE_URL", "https://erp.example.com")
        .doesNotContain("hidden");
  }

  private static void assertRefused(Map<String, String> values, String name) {
    assertThatThrownBy(() -> bind(values))
        .rootCause()
        .hasMessageContaining(name)
        .hasMessageNotContaining("geh");
  }

  private static OdooSettings bind(Map<String, String> values) {
    Map<String, String> prefixed = new HashMap<>();
    values.forEach((key, value) -> prefixed.put("bridge.odoo." + key, value));
    return new Binder(new MapConfigurationPropertySource(prefixed))
        .bindOrCreate("bridge.odoo", OdooSettings.class);
  }
}
