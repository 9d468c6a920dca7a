package net.insightpulseai.bridge.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Code node of docs/clients.md for n8n takes what is signed and refuses the rest. */
class N8nNodeTest {

  private static final String SECRET =
      "whsec_"
          + Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
  private static final String OTHER =
      "whsec_"
          + Base64.getEncoder().encodeToString("another secret of thirty-two byte".getBytes(UTF_8));
  private static final String BODY =
      "{\"event_id\":\"evt_7\",\"event_type\":\"res.partner.updated\",\"payload\":{\"name\":\"Zoë 東京\"}}";

  @TempDir private Path folder;

  @Test
  void theN8nNodeTakesWhatIsSigned() throws Exception {
    assumeTrue(Documents.installed("node"), "node is not installed");
    assertThat(n8n(BODY, SECRET, Instant.now(), BODY)).isEqualTo("[{\"json\":" + BODY + "}]");
  }

  @Test
  void theN8nNodeRefusesAnotherBodyAnotherSecretAndAnOldTimestamp() throws Exception {
    assumeTrue(Documents.installed("node"), "node is not installed");
    assertThat(n8n(BODY, SECRET, Instant.now(), BODY + " "))
        .contains("webhook-signature does not match");
    assertThat(n8n(BODY, OTHER, Instant.now(), BODY)).contains("webhook-signature does not match");
    assertThat(n8n(BODY, SECRET, Instant.now().minusSeconds(400), BODY))
        .contains("webhook-timestamp is not within 5 minutes");
  }

  /** What the node prints when it gets this body, which was signed as that one. */
  private String n8n(String signed, String secret, Instant time, String sent) throws Exception {
    String timestamp = String.valueOf(time.getEpochSecond());
    String signature = new Webhook(secret).sign("evt_7", time.getEpochSecond(), signed);
    String headers =
        new ObjectMapper()
            .writeValueAsString(
                Map.of(
                    "webhook-id",
                    "evt_7",
                    "webhook-timestamp",
                    timestamp,
                    "webhook-signature",
                    "v1,bm90IG91cnM= " + signature));
    Path code =
        Files.writeString(
            folder.resolve("node.js"),
            Documents.snippet("docs/clients.md", "### As a subscriber", "javascript"));
    Process process =
        new ProcessBuilder(
                "node", "src/test/snippets/n8n-code-node.mjs", code.toString(), headers, SECRET)
            .redirectErrorStream(true)
            .start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(sent.getBytes(UTF_8));
    }
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }
}
