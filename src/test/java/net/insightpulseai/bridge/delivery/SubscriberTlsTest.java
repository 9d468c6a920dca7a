package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestCertificate;
import net.insightpulseai.bridge.TestTlsServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A webhook behind mutual TLS, with an authority of its own. */
class SubscriberTlsTest extends WebhookTest {

  private static final Path SECRETS = Path.of(BridgeTest.SECRET_FOLDER).toAbsolutePath();

  @TempDir static Path folder;
  private static TestTlsServer server;

  @BeforeAll
  static void serve() throws IOException {
    TestCertificate own = TestCertificate.make(folder, "hooks", "ip:127.0.0.1");
    TestCertificate client = TestCertificate.make(folder, "bridge", "dns:bridge");
    server = new TestTlsServer(own, client);
    Files.createDirectories(SECRETS);
    write("ca", own.certificate());
    write("cert", client.certificate());
    write("key", client.key());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void itsCertificateIsShownAndItsAuthorityTrusted() throws IOException {
    JsonNode made = json(201, create(body("ca", "cert", "key")));

    event();
    awaitDelivery("status", "delivered");

    assertThat(server.callers()).containsExactly("CN=bridge");
    assertThat(server.headers()).noneMatch(name -> name.startsWith("x-bridge"));
    assertThat(made.path("tls").path("key").asText()).isEqualTo(reference("key"));
    assertThat(json(200, change("crm", "{\"rate\":5}")).path("tls")).isEqualTo(made.path("tls"));
    json(200, change("crm", "{\"tls\":null}"));
    assertThat(json(200, act("crm", "test", "")).path("error").asText()).contains("SSL");
  }

  @Test
  void withoutItsFileItIsPausedAndNothingIsLost() {
    json(201, create(body("ca", "cert", "key")));
    jdbc()
        .update(
            "update bridge.subscriber set tls = jsonb_set(tls, '{key}', to_jsonb(?::text))",
            reference("none"));

    event();
    awaitState("subscriber:1", "paused");

    awaitDelivery("status", "queued");
    assertThat(show("crm").path("reason").asText()).startsWith("tls must refer with key to a PEM");
  }

  @Test
  void whatCannotBeUsedIsRefused() {
    assertRefused(create(body("ca", "none", "key")), 400, "invalid_tls", "with certificate to a");
    assertRefused(
        create(body("key", "cert", "key")), 400, "invalid_tls", "ca holds no certificate");
    assertRefused(
        create(body("ca", "cert", "key").replaceFirst(",\"key\":\"[^\"]*\"", "")),
        400,
        "invalid_tls",
        "certificate and key, or neither");
    assertRefused(
        create(body("ca", "cert", "key").replace(reference("ca"), "file:/etc/ssl/ca.pem")),
        400,
        "invalid_tls",
        "expected env:");
    assertRefused(
        create("{\"name\":\"l\",\"kind\":\"realtime\",\"tls\":{\"ca\":\"env:X\"}}"),
        400,
        "invalid_tls",
        "only a webhook");
  }

  private static void write(String name, String pem) throws IOException {
    Files.writeString(SECRETS.resolve("bridge_subscriber_tls_" + name), pem);
  }

  private static String reference(String name) {
    return "file:" + SECRETS.resolve("bridge_subscriber_tls_" + name);
  }

  private static String body(String ca, String certificate, String key) {
    return """
        {"name":"crm","kind":"webhook","url":"https://127.0.0.1:%d/","event_types":["res.partner.*"],\
        "tls":{"ca":"%s","certificate":"%s","key":"%s"}}"""
        .formatted(server.port(), reference(ca), reference(certificate), reference(key));
  }
}
