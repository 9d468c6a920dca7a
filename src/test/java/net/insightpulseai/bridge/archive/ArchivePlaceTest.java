package net.insightpulseai.bridge.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import net.insightpulseai.bridge.config.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivePlaceTest {

  @ParameterizedTest
  @CsvSource({
    "s3://events, s3://events/",
    "s3://events/, s3://events/",
    "s3://events/odoo, s3://events/odoo/",
    "s3://my.events-1/odoo/19/, s3://my.events-1/odoo/19/",
    "s3://Events_1/..a/b.c, s3://Events_1/..a/b.c/",
  })
  void aPlaceInABucketIsReadInOneWay(String text, String place) {
    assertThat(S3Address.of(text)).hasToString(place);
    assertThatCode(() -> ArchivePlace.check("x", text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://",
        "s3:///x",
        "s3://a",
        "s3://events//x",
        "s3://events/../x",
        "s3://events/./x",
        "s3://events/x/..",
        "s3://events/x?y",
        "s3://events/x#y",
        "s3://events/%2e%2e",
        "s3://user@host/x",
        "s3://host:80/x",
        "/no/such/folder",
      })
  void whatIsNoPlaceIsRefused(String text) {
    assertThatThrownBy(() -> ArchivePlace.check("bridge.retention.archive-to", text))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("bridge.retention.archive-to: found " + text)
        .hasMessageContaining("s3://bucket/prefix");
  }

  @Test
  void aFileIsAPlaceAndAName(@TempDir Path folder) {
    String path = folder.resolve("a.ndjson.gz").toString();
    assertThat(ArchivePlace.of(path)).isEqualTo(folder.toString());
    assertThat(ArchivePlace.nameOf(path)).isEqualTo("a.ndjson.gz");
    assertThat(ArchivePlace.of("s3://events/odoo/a.gz")).isEqualTo("s3://events/odoo/");
    assertThat(ArchivePlace.nameOf("s3://events/odoo/a.gz")).isEqualTo("a.gz");
    assertThatCode(() -> ArchivePlace.check("x", folder.toString())).doesNotThrowAnyException();
  }

  @Test
  void settingsShowNoKey() {
    assertThat(new ArchiveSettings("https://s3.example", "eu-1", "name", "hidden"))
        .asString()
        .doesNotContain("name")
        .doesNotContain("hidden");
  }
}
