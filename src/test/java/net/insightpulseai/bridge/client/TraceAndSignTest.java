package net.insightpulseai.bridge.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceAndSignTest extends ClientFixture {

  @Test
  void aTraceTellsWhatHappenedAndWhatBecameOfIt() {
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, event_types, created_at, updated_at)"
                + " values ('live', 'realtime', '{x.*}', '2026-01-01Z', '2026-01-01Z')");
    events(1);
    String id = text("select correlation_id from public.audit_event");

    assertThat(run("trace", id, "--utc")).as(errors()).isZero();
    assertThat(out())
        .contains(
            "AT (UTC)", "2026-01-31 12:00:00", "event", "a.b  1", "for live", "It asks for x.*");

    assertThat(run("trace", id, "--json")).isZero();
    assertThat(out()).startsWith("{\"ok\":true,\"correlation_id\":\"" + id).hasLineCount(1);
    assertThat(out()).contains("12345678901234567890.10");
  }

  @Test
  void aTraceNeedsOneIdThatIsKnown() {
    assertThat(run("trace")).isEqualTo(2);
    assertThat(run("trace", "7")).isEqualTo(2);
    assertThat(errors()).contains("a UUID");

    assertThat(run("trace", "00000000-0000-4000-8000-000000000000")).isOne();
    assertThat(errors()).contains("the bridge answers 404: Nothing is recorded");
  }

  @Test
  void aSignedFileIsAcceptedAsItIs(@TempDir Path folder) throws IOException {
    byte[] body = "{\"event_type\": \"a.b\",  \"payload\": {\"who\": \"Zoë\"}}\n".getBytes(UTF_8);
    Path file = Files.write(folder.resolve("it's.json"), body);

    assertThat(run("sign", file.toString())).as(errors()).isZero();

    assertThat(out())
        .isEqualTo(
            "x-signature: %1$s%ncurl '%2$s' -H 'Content-Type: application/json' -H 'x-signature: %1$s' --data-binary '@%3$s'%n"
                .formatted(
                    sign(body),
                    url("/functions/v1/odoo_event_ingest"),
                    file.toString().replace("'", "'\\''")));
    assertThat(out()).doesNotContain(SECRET);
    Matcher signature = Pattern.compile("x-signature: ([0-9a-f]{64})").matcher(out());
    assertThat(signature.find()).isTrue();
    assertThat(
            call("POST", "/functions/v1/odoo_event_ingest", body, "x-signature", signature.group(1))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void signingNeedsAFileAndASecret(@TempDir Path folder) throws IOException {
    assertThat(run("sign")).isEqualTo(2);
    assertThat(run("sign", folder.resolve("none.json").toString())).isOne();
    assertThat(errors()).contains("cannot read", "NoSuchFileException");
    Path file = Files.writeString(folder.resolve("a.json"), "{}");
    assertThat(run("sign", file.toString(), "--bridge.signature.inbound-secrets=")).isOne();
    assertThat(errors()).contains("EDGE_HMAC_SECRET");

    assertThat(run("sign", file.toString(), "--json", "--to", "/bridge/event")).isZero();
    assertThat(out()).startsWith("{\"x-signature\":\"").contains("\"bytes\":2,", "/bridge/event'");
  }
}
