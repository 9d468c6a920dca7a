package net.insightpulseai.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's snippets for receivers do what they say, run as they stand there. */
class ReadmeSnippetsTest {

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
    if (!ReadmeTest.installed("node")) {
      return;
    }
    assertThat(n8n(BODY, SECRET, Instant.now(), BODY)).isEqualTo("[{\"json\":" + BODY + "}]");
  }

  @Test
  void theN8nNodeRefusesAnotherBodyAnotherSecretAndAnOldTimestamp() throws Exception {
    if (!ReadmeTest.installed("node")) {
      return;
    }
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
    Path code = Files.writeString(folder.resolve("node.js"), snippet("### n8n"));
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

  private static String snippet(String heading) throws IOException {
    Matcher block =
        Pattern.compile(Pattern.quote(heading) + ".*?```javascript\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(block.find()).as("a snippet below " + heading).isTrue();
    return block.group(1);
  }
}
