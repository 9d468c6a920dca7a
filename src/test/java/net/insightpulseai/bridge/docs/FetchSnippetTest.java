package net.insightpulseai.bridge.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/clients.md that fetches events. */
class FetchSnippetTest extends BridgeTest {

  @Test
  void itPrintsWhatCameAndGoesOnWhereItWas(@TempDir Path folder) throws Exception {
    assumeTrue(Documents.installed("python3"), "python3 is not installed");
    String snippet = Documents.snippet("docs/clients.md", "## Fetch events", "python");
    Path script = Files.writeString(folder.resolve("fetch.py"), snippet);
    String secret =
        new ObjectMapper()
            .readTree(
                post(
                        "/bridge/subscribers",
                        "{\"name\":\"notebook\",\"kind\":\"pull\"}",
                        "apikey",
                        serviceKey())
                    .body())
            .path("secret")
            .asText();
    for (int n = 1; n <= 250; n++) {
      store(n);
    }
    assertThat(run(script, secret).lines())
        .hasSize(250)
        .startsWith("a.b 1 {}")
        .endsWith("a.b 250 {}");
    store(251);
    assertThat(run(script, secret)).isEqualTo("a.b 251 {}\n");
  }

  private void store(int resource) {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id) values ('odoo', 'a.b', ?)",
            String.valueOf(resource));
  }

  private String run(Path script, String secret) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("python3", script.toString());
    builder.environment().put("BRIDGE_URL", url(""));
    builder.environment().put("SUBSCRIBER", "notebook");
    builder.environment().put("BRIDGE_PULL_KEY", secret);
    builder.environment().put("WAIT", "1s");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return out;
  }
}
