package net.insightpulseai.bridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupabaseSettingsTest {

  @Test
  void verifyingTokensWithoutAKeyStopsTheStart() {
    assertThatThrownBy(() -> settings("", "", true))
        .hasMessageContaining("bridge.supabase.verify-jwt")
        .hasMessageContaining("JWT_SECRET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "project.supabase.co",
        "postgres://db",
        "https://",
        "https://u:hush@x",
        "https://x?y",
        "a b"
      })
  void aUrlThatCannotBeCalledStopsTheStartAndIsNotTold(String url) {
    assertThatThrownBy(() -> new SupabaseSettings(url, "", List.of(), "", "", false, ""))
        .hasMessageContaining("SUPABASE_URL")
        .hasMessageContaining("https://<ref>.supabase.co")
        .hasMessageNotContaining("hush");
  }

  @Test
  void slashesAtTheEndOfTheUrlAreNoMatter() {
    assertThat(new SupabaseSettings(" https://x/ ", "", List.of(), "", "", false, "").url())
        .isEqualTo("https://x");
  }

  @Test
  void aContainerOfSupabasesCliMayStandInTheUrl() {
    String url = "http://supabase_kong_app:8000";

    assertThat(new SupabaseSettings(url, "", List.of(), "", "", false, "").url()).isEqualTo(url);
  }

  @Test
  void shortJwtSecretStopsTheStartAndIsNotTold() {
    assertThatThrownBy(() -> settings("too-short", "", false))
        .hasMessageContaining("9 bytes")
        .hasMessageNotContaining("too-short");
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(
            new SupabaseSettings(
                    "https://x", "hush", List.of("quiet"), "s".repeat(32), "j", false, "still")
                .toString())
        .doesNotContain("hush", "quiet", "sss", "still");
  }

  private static SupabaseSettings settings(String jwtSecret, String jwks, boolean verify) {
    return new SupabaseSettings("", "", List.of(), jwtSecret, jwks, verify, "");
  }
}
