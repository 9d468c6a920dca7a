package net.insightpulseai.bridge.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.insightpulseai.bridge.access.SupabaseSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is concluded from the answers of a project's API. */
class SupabaseCheckTest {

  private static final String SECRET_KEY = "sb_secret_0123456789";
  private static final String LEGACY_KEY = "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl";

  private final Map<String, Integer> statusOfSchema = new ConcurrentHashMap<>();
  private final Map<String, String> sent = new ConcurrentHashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private HttpServer supabase;

  @BeforeEach
  void start() throws IOException {
    supabase = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    supabase.createContext("/rest/v1/", this::answer);
    supabase.start();
    statusOfSchema.put("public", 200);
    statusOfSchema.put("bridge", 406);
  }

  @AfterEach
  void stop() {
    supabase.stop(0);
  }

  @Test
  void aProjectThatTakesTheKeyAndHidesTheSchemaIsWell() {
    assertThat(failed(SECRET_KEY)).isFalse();

    assertThat(said())
        .containsExactly(
            "ok    Supabase answers and accepts our key",
            "ok    Supabase's API does not serve the schema bridge");
    assertThat(sent)
        .containsEntry("path", "/rest/v1/event_key")
        .containsEntry("apikey", SECRET_KEY);
  }

  @Test
  void onlyALegacyKeyIsSentAsABearerToken() {
    failed(SECRET_KEY);
    assertThat(sent).doesNotContainKey("authorization");

    failed(LEGACY_KEY);
    assertThat(sent).containsEntry("authorization", "Bearer " + LEGACY_KEY);
  }

  @Test
  void aRefusedKeyIsAFaultWithItsRemedy() {
    statusOfSchema.put("public", 401);

    assertThat(failed(SECRET_KEY)).isTrue();

    assertThat(said().get(0))
        .startsWith("fail  Supabase refuses our key (401)")
        .contains("set SUPABASE_SERVICE_ROLE_KEY to a key of this project")
        .doesNotContain(SECRET_KEY);
  }

  @Test
  void aTableThatTheApiDoesNotSeeIsAFault() {
    statusOfSchema.put("public", 404);

    assertThat(failed(SECRET_KEY)).isTrue();

    assertThat(said().get(0))
        .startsWith("fail  Supabase's API does not see audit_event (404)")
        .contains("make bridge-sql");
  }

  @Test
  void anExposedSchemaIsAFault() {
    statusOfSchema.put("bridge", 200);

    assertThat(failed(SECRET_KEY)).isTrue();

    assertThat(said().get(1))
        .startsWith("fail  Supabase's API serves the schema bridge")
        .contains("remove bridge from the exposed schemas");
  }

  private boolean failed(String key) {
    String url = "http://127.0.0.1:" + supabase.getAddress().getPort() + "/";
    SupabaseSettings settings = new SupabaseSettings(url, key, List.of(), "", "", false, "");
    DoctorReport report = new DoctorReport(new PrintStream(out, true, UTF_8));
    new SupabaseCheck(settings).run(report);
    return report.failed();
  }

  private List<String> said() {
    return out.toString(UTF_8).lines().toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      sent.clear();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> sent.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      sent.put("path", exchange.getRequestURI().getPath());
      int status = statusOfSchema.get(exchange.getRequestHeaders().getFirst("Accept-Profile"));
      exchange.sendResponseHeaders(status, -1);
    }
  }
}
