package net.insightpulseai.bridge.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.insightpulseai.bridge.access.SupabaseSettings;
import org.junit.jupiter.api.Test;

class RealtimeAccessTest {

  private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2ln-_";

  @Test
  void aKeyOfTheNewKindIsNoToken() {
    assertThat(access("https://x", "sb_secret_abc").headers())
        .containsOnlyKeys("apikey")
        .containsEntry("apikey", "sb_secret_abc");
  }

  @Test
  void theOldServiceRoleKeyIsOne() {
    assertThat(access("https://x", JWT).headers())
        .containsEntry("apikey", JWT)
        .containsEntry("Authorization", "Bearer " + JWT);
  }

  @Test
  void theFirstSecretKeyServesWhereThereIsNoServiceRoleKey() {
    RealtimeAccess access = access("https://x", "", "sb_secret_1", "sb_secret_2");

    assertThat(access.missing()).isNull();
    assertThat(access.headers()).containsEntry("apikey", "sb_secret_1");
  }

  @Test
  void whatIsMissingIsNamedAndNeverTold() {
    assertThat(access("", "k").missing()).contains("SUPABASE_URL");
    assertThat(access("https://x", "").missing()).contains("SUPABASE_SERVICE_ROLE_KEY");
    assertThat(access("https://x", "hush\nhush").missing())
        .contains("SUPABASE_SERVICE_ROLE_KEY")
        .doesNotContain("hush");
    assertThat(access("https://x", "k").missing()).isNull();
  }

  private static RealtimeAccess access(String url, String key, String... more) {
    return new RealtimeAccess(new SupabaseSettings(url, key, List.of(more), "", "", false, ""));
  }
}
