package net.insightpulseai.bridge.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class SecretReferencesTest {

  @TempDir Path root;
  private Path folder;
  private SecretReferences references;

  @BeforeEach
  void twoFolders() throws IOException {
    folder = Files.createDirectory(root.resolve("secrets"));
    references =
        new SecretReferences(
            new MockEnvironment()
                .withProperty("BRIDGE_SUBSCRIBER_CRM", " new , old ")
                .withProperty("EDGE_HMAC_SECRET", "the bridge's own"),
            new FanOutSettings(folder));
  }

  @Test
  void aVariableMayHoldSeveralNewestFirst() {
    assertThat(references.read("env:BRIDGE_SUBSCRIBER_CRM")).containsExactly("new", "old");
  }

  @Test
  void onlyVariablesOfSubscribersAreRead() {
    assertThat(references.read("env:EDGE_HMAC_SECRET")).isEmpty();
    assertThat(references.read("env:BRIDGE_SUBSCRIBER_${EDGE_HMAC_SECRET}")).isEmpty();
    assertThat(references.read("env:BRIDGE_SUBSCRIBER_")).isEmpty();
    assertThat(references.read("env: BRIDGE_SUBSCRIBER_CRM")).isEmpty();
  }

  @Test
  void aFileIsReadAgainAtEachUse() throws IOException {
    Path file = Files.writeString(folder.resolve("bridge_subscriber_crm"), "first\n");
    assertThat(references.read("file:" + file)).containsExactly("first");
    Files.writeString(file, "second\nfirst\n");
    assertThat(references.read("file:" + file)).containsExactly("second", "first");
    Files.delete(file);
    assertThat(references.read("file:" + file)).isEmpty();
  }

  @Test
  void whatIsInTheFolderForOthersIsNotRead() throws IOException {
    Path own = Files.writeString(folder.resolve("EDGE_HMAC_SECRET"), "the bridge's own");
    assertThat(references.read("file:" + own)).isEmpty();
  }

  @Test
  void noPathLeadsOutOfTheFolder() throws IOException {
    Path outside = Files.writeString(root.resolve("bridge_subscriber_x"), "outside");
    assertThat(references.read("file:" + outside)).isEmpty();
    assertThat(references.read("file:" + folder + "/../bridge_subscriber_x")).isEmpty();
    assertThat(references.read("file:" + folder + "/./bridge_subscriber_x")).isEmpty();
    assertThat(references.read("file:secrets/bridge_subscriber_x")).isEmpty();
    assertThat(references.read("file:" + folder)).isEmpty();
    assertThat(references.read("file:\u0000")).isEmpty();
    Path link = Files.createSymbolicLink(folder.resolve("bridge_subscriber_link"), outside);
    assertThat(references.read("file:" + link)).isEmpty();
  }

  // Kubernetes mounts each secret as a link into a hidden folder beside it.
  @Test
  void aLinkWithinTheFolderIsFollowed() throws IOException {
    Path data = Files.createDirectory(folder.resolve("..data"));
    Path file = Files.writeString(data.resolve("bridge_subscriber_crm"), "linked");
    Path link = Files.createSymbolicLink(folder.resolve("bridge_subscriber_crm"), file);
    assertThat(references.read("file:" + link)).containsExactly("linked");
  }
}
