package net.insightpulseai.bridge.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects of a real server: they are there as a whole, or not at all. */
class S3StoreTest {

  private static final String PLACE = "s3://" + S3Server.BUCKET + "/odoo/19";

  @TempDir private static Path folder;

  private static S3Server server;

  @BeforeAll
  static void start() throws IOException {
    server = new S3Server(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatIsKeptIsReadAsItWasWritten() throws IOException {
    try (ArchiveStore store = server.stores().open(PLACE)) {
      assertThat(store.has("small.json")).isFalse();
      write(store, "small.json", "{}".getBytes(UTF_8), true);
      write(store, "empty", new byte[0], true);
      assertThat(store.has("small.json")).isTrue();
      assertThat(read(store, "small.json")).asString().isEqualTo("{}");
      assertThat(read(store, "empty")).isEmpty();
      assertThat(store.at("small.json")).isEqualTo("s3://events/odoo/19/small.json");
      assertThat(server.objects()).contains("odoo/19/small.json");

      write(store, "small.json", "[]".getBytes(UTF_8), true);
      assertThat(read(store, "small.json")).asString().isEqualTo("[]");
    }
  }

  @Test
  void aLargeOneIsSentInParts() throws IOException {
    byte[] large = random(2 * S3File.PART + 12_345);
    try (ArchiveStore store = server.stores().open(PLACE)) {
      write(store, "large", large, true);
      assertThat(read(store, "large")).isEqualTo(large);

      byte[] whole = random(2 * S3File.PART);
      write(store, "whole", whole, true);
      assertThat(read(store, "whole")).isEqualTo(whole);
    }
  }

  @Test
  void whatWasNotKeptIsNoObject() throws IOException {
    byte[] large = random(S3File.PART + 1);
    try (ArchiveStore store = server.stores().open(PLACE)) {
      write(store, "given-up", large, false);
      assertThat(store.has("given-up")).isFalse();

      // As if the process had been killed: nobody ends the upload.
      ArchiveFile killed = store.create("killed");
      killed.stream().write(large);
      assertThat(store.has("killed")).isFalse();
      assertThatThrownBy(() -> store.read("killed")).isInstanceOf(IOException.class);

      write(store, "killed", "again".getBytes(UTF_8), true);
      assertThat(read(store, "killed")).asString().isEqualTo("again");
    }
  }

  @Test
  void aWrongKeyIsRefusedInTheWordsOfTheServer() throws IOException {
    ArchiveSettings wrong = server.settings("another-secret-0123456789");
    try (ArchiveStore store = new ArchiveStores(wrong, PlaintextHosts.NONE).open(PLACE)) {
      assertThatThrownBy(() -> store.has("x"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("s3://events/odoo/19/x: 403");
      assertThatThrownBy(() -> write(store, "x", new byte[1], true))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("403 SignatureDoesNotMatch")
          .hasMessageNotContaining("another-secret");
    }
    assertThat(server.objects()).doesNotContain("odoo/19/x");
  }

  @Test
  void aBucketThatIsNotThereIsSaid() throws IOException {
    try (ArchiveStore store = server.stores().open("s3://missing")) {
      assertThatThrownBy(() -> write(store, "x", new byte[1], true))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("s3://missing/x: 404 NoSuchBucket");
    }
  }

  @Test
  void nothingGoesToAnotherMachineWithoutTls() throws IOException {
    ArchiveSettings remote = new ArchiveSettings("http://s3.example:9", "eu-central-1", "key", "x");
    try (ArchiveStore store = new ArchiveStores(remote, PlaintextHosts.NONE).open(PLACE)) {
      assertThatThrownBy(() -> store.has("x"))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("http:// for s3.example, which is not this machine");
    }
    PlaintextHosts named = new PlaintextHosts(Set.of("s3.invalid"));
    ArchiveSettings allowed = new ArchiveSettings("http://s3.invalid:9", "eu-1", "key", "x");
    try (ArchiveStore store = new ArchiveStores(allowed, named).open(PLACE)) {
      assertThatThrownBy(() -> store.has("x")).isInstanceOf(IOException.class);
    }
  }

  private static void write(ArchiveStore store, String name, byte[] content, boolean keep)
      throws IOException {
    try (ArchiveFile file = store.create(name)) {
      try (OutputStream stream = file.stream()) {
        stream.write(content);
      }
      if (keep) {
        file.keep();
      }
    }
  }

  private static byte[] read(ArchiveStore store, String name) throws IOException {
    try (InputStream file = store.read(name)) {
      return file.readAllBytes();
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
