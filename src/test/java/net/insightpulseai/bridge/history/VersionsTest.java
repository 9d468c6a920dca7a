package net.insightpulseai.bridge.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.encryption.EncryptionSettings;
import net.insightpulseai.bridge.encryption.TestEncryption;
import net.insightpulseai.bridge.routecheck.RouteFile;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** What is kept of the versions of the route files. */
class VersionsTest {

  private static final Instant AT = Instant.parse("2026-11-29T10:00:00Z");
  private static final String OTHER_KEY = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
  private static final String SECRET = "test-secret-0123456789abcdef";

  private final TestDatabase database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aVersionIsKeptWithItsFilesAndEqualFilesOnce() {
    Versions versions = versions("node-1", 100, SECRET);
    versions.record(applied(Map.of("a.camel.yaml", "one", "b/b.camel.yaml", "two"), null, "first"));
    long second =
        versions.record(
            applied(Map.of("a.camel.yaml", "one", "b/b.camel.yaml", "three"), "ann", "edited"));

    StoredVersion found = versions.find(second);
    assertThat(found.files().files())
        .isEqualTo(Map.of("a.camel.yaml", "one", "b/b.camel.yaml", "three"));
    assertThat(found.at()).isEqualTo(AT);
    assertThat(found.instance()).isEqualTo("node-1");
    assertThat(found.who()).isEqualTo("ann");
    assertThat(found.change()).isEqualTo("edited");
    assertThat(found.previous()).isEqualTo(1);
    assertThat(found.genuine()).isTrue();
    assertThat(versions.find(1).who()).isNull();
    assertThat(versions.find(99)).isNull();
    assertThat(count("bridge.route_file")).isEqualTo(3);
    ListedVersion newest = versions.all().get(0);
    assertThat(newest.id()).isEqualTo(second);
    assertThat(newest.hash()).isEqualTo(found.files().shown());
    assertThat(newest.files()).isEqualTo(2);
  }

  @Test
  void whatRunsAlreadyIsNoNewVersionButWhatRanBeforeIs() {
    Versions versions = versions("node-1", 100, SECRET);
    AppliedVersion one = applied(Map.of("a", "one"), null, "");
    AppliedVersion two = applied(Map.of("a", "two"), null, "");

    assertThat(versions.record(one)).isEqualTo(versions("node-2", 100, SECRET).record(one));
    long second = versions.record(two);
    assertThat(versions.record(one)).isGreaterThan(second);
    assertThat(versions.all()).hasSize(3);
  }

  @Test
  void instancesThatApplyTheSameEditsAtOnceRecordEachOnce() throws Exception {
    int edits = 20;
    ExecutorService instances = Executors.newFixedThreadPool(4);
    try {
      for (int edit = 0; edit < edits; edit++) {
        AppliedVersion version = applied(Map.of("a", "text " + edit, "b", "same"), null, "");
        List<Future<Long>> running =
            IntStream.range(0, 4)
                .mapToObj(n -> versions("node-" + n, 100, SECRET))
                .map(one -> instances.submit(() -> one.record(version)))
                .toList();
        for (Future<Long> one : running) {
          assertThat(one.get()).isEqualTo(running.get(0).get());
        }
      }
    } finally {
      instances.shutdown();
    }
    assertThat(count("bridge.route_version")).isEqualTo(edits);
    assertThat(count("bridge.route_file")).isEqualTo(edits + 1);
  }

  @Test
  void onlySoManyAreKeptAndWithThemOnlyTheirContents() {
    Versions versions = versions("node-1", 3, SECRET);
    for (int i = 0; i < 6; i++) {
      versions.record(applied(Map.of("a", "text " + i, "b", "same"), null, ""));
    }
    assertThat(versions.all()).hasSize(3);
    assertThat(count("bridge.route_file")).as("not at once").isEqualTo(7);

    database.jdbc().update("update bridge.route_file set used_at = now() - interval '2 hours'");
    versions.record(applied(Map.of("a", "text 9", "b", "same"), null, ""));
    assertThat(count("bridge.route_file")).isEqualTo(4);
    assertThat(versions.all())
        .allSatisfy(one -> assertThat(versions.find(one.id()).files().files()).hasSize(2));
  }

  @Test
  void whatSomebodyElseWroteIsNotGenuine() {
    Versions versions = versions("node-1", 100, SECRET);
    long id = versions.record(applied(Map.of("a", "one"), null, ""));
    assertThat(versions("node-1", 100, "another-secret-0123456789").find(id).genuine()).isFalse();
    assertThat(versions("node-1", 100, "").find(id).genuine()).isFalse();

    database.jdbc().update("update bridge.route_file set content = 'evil'");
    assertThat(versions.find(id).genuine()).isFalse();
  }

  @Test
  void aKeyThatIsBeingReplacedStillCounts() {
    long id =
        versions(List.of(TestEncryption.KEY), signature(SECRET))
            .record(applied(Map.of("a", "one"), null, ""));
    List<String> rotated = List.of(OTHER_KEY, TestEncryption.KEY);
    assertThat(versions(rotated, signature(SECRET)).find(id).genuine()).isTrue();
    assertThat(versions(List.of(OTHER_KEY), signature(SECRET)).find(id).genuine()).isFalse();
  }

  @Test
  void noSecretThatOthersHaveCountsBesideAKey() {
    long id = versions(List.of(), signature(SECRET)).record(applied(Map.of("a", "one"), null, ""));
    assertThat(versions(List.of(TestEncryption.KEY), signature(SECRET)).find(id).genuine())
        .isFalse();
    SignatureSettings callers =
        new SignatureSettings("", List.of(SECRET), "new-secret-0123456789", minutes());
    assertThat(versions(List.of(), callers).find(id).genuine()).isFalse();
  }

  @Test
  void noRoleOfTheApiReachesThem() {
    for (String role : List.of("anon", "authenticated", "service_role")) {
      assertThat(
              database
                  .jdbc()
                  .queryForList(
                      "select relname from pg_class where relnamespace = 'bridge'::regnamespace and relkind = 'r'"
                          + " and relname like 'route_%' and has_any_column_privilege(?, oid, 'select, insert, update')",
                      String.class, role))
          .as(role)
          .isEmpty();
    }
  }

  @Test
  void theHashIsTheSameInAnyFolder() {
    Snapshot here =
        Snapshot.of(Path.of("routes"), List.of(new RouteFile("routes/a/b.camel.yaml", "x")));
    Snapshot there =
        Snapshot.of(
            Path.of("/etc/bridge/routes"),
            List.of(new RouteFile("/etc/bridge/routes/a/b.camel.yaml", "x")));
    assertThat(here).isEqualTo(there);
    assertThat(here.in(Path.of("/etc/bridge/routes")).get(0).name())
        .isEqualTo("/etc/bridge/routes/a/b.camel.yaml");
    assertThat(here.shown()).hasSize(12).isEqualTo(here.hash().substring(0, 12));
  }

  private static AppliedVersion applied(Map<String, String> files, String who, String change) {
    return new AppliedVersion(Snapshot.of(new TreeMap<>(files)), AT, who, change);
  }

  private Versions versions(String instance, int keep, String secret) {
    return versions(instance, keep, List.of(), signature(secret));
  }

  private Versions versions(List<String> keys, SignatureSettings signature) {
    return versions("node-1", 100, keys, signature);
  }

  private static SignatureSettings signature(String secret) {
    return new SignatureSettings(secret, List.of(), "", minutes());
  }

  private static Duration minutes() {
    return Duration.ofMinutes(5);
  }

  private Versions versions(
      String instance, int keep, List<String> keys, SignatureSettings signature) {
    return new Versions(
        new NamedParameterJdbcTemplate(database.dataSource()),
        instance,
        new Seal(new EncryptionSettings(keys), signature),
        new VersionSettings(keep));
  }

  private int count(String table) {
    return database.jdbc().queryForObject("select count(*) from " + table, Integer.class);
  }
}
