package net.insightpulseai.bridge.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The signing snippets of docs/clients.md sign as the bridge verifies. */
class SigningSnippetsTest {

  private static final String BODY =
      "{\"event_type\": \"res.partner.updated\", \"payload\": {\"name\": \"Zoë 東京\"}}\n";

  @ParameterizedTest
  @CsvSource({"python, python3, py, python3", "typescript, node, mjs, node", "sh, sh, sh, openssl"})
  void aSnippetSignsAsTheBridgeVerifies(
      String language, String interpreter, String ending, String needed, @TempDir Path folder)
      throws Exception {
    String snippet = Documents.snippet("docs/clients.md", "## Sign a request", language);
    assumeTrue(Documents.installed(interpreter), interpreter + " is not installed");
    assumeTrue(Documents.installed(needed), needed + " is not installed");
    Path script = Files.writeString(folder.resolve("sign." + ending), snippet);
    ProcessBuilder builder = new ProcessBuilder(interpreter, script.toString());
    builder.environment().put("EDGE_HMAC_SECRET", BridgeTest.SECRET);
    Process process = builder.start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(BODY.getBytes(UTF_8));
    }
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8).strip())
        .isEqualTo(BridgeTest.sign(BODY));
  }
}
