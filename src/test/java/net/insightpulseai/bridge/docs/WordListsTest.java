package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The words that the documents explain one by one are those that the code uses. */
class WordListsTest {

  private static final JsonNode API =
      new ObjectMapper()
          .valueToTree(
              new Yaml()
                  .<Map<String, Object>>load(
                      Documents.read(Path.of("src/main/resources/openapi.yaml"))));

  @Test
  void statesOfADelivery() {
    assertThat(Documents.firstColumn("docs/subscribers.md", "## Why did an event not arrive?"))
        .isEqualTo(words("state", enumOf("/components/schemas/DeliveryState/enum")));
  }

  @Test
  void fieldsOfASubscriber() {
    Set<String> fields = new TreeSet<>();
    for (String schema : List.of("SubscriberFields", "NewSubscriber")) {
      API.at("/components/schemas/" + schema + "/properties")
          .fieldNames()
          .forEachRemaining(fields::add);
    }
    // An operator's remark about a change is no field of the subscriber.
    fields.removeAll(Set.of("who", "why"));
    assertThat(Documents.firstColumn("docs/subscribers.md", "## The fields")).isEqualTo(fields);
  }

  @Test
  void statesOfThePair() {
    assertThat(Documents.firstColumn("docs/operations.md", "## Pairing and copies"))
        .isEqualTo(words("state", enumOf("/components/schemas/PairingState/enum")));
  }

  @Test
  void statusesOfAReplay() {
    assertThat(Documents.firstColumn("docs/operations.md", "## Replay stored events"))
        .isEqualTo(words("status", enumOf("/components/schemas/Replay/properties/status/enum")));
  }

  @Test
  void statusesOfARow() throws IOException {
    Set<String> statuses = words("status", Set.of());
    try (Stream<Path> files = Files.walk(Path.of("src/main/resources/db/migration"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher check =
            Pattern.compile("check \\(status in \\(('queued'[^)]*)\\)\\)")
                .matcher(Documents.read(file));
        while (check.find()) {
          statuses.addAll(Set.of(check.group(1).replace("'", "").split(", ")));
        }
      }
    }
    assertThat(statuses).hasSizeGreaterThan(4);
    assertThat(Documents.firstColumn("docs/operations.md", "## The states of a row"))
        .isEqualTo(statuses);
  }

  @Test
  void reasonsOfAnOutcome() throws IOException {
    Set<String> reasons = words("reason", Set.of());
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        addAll(
            reasons,
            "(?:\\.(?:retry|dead|giveBack|throttled|park)|parked)\\((?:Stop\\.[A-Z]+, )?\\s*\"([a-z_]+)\"",
            Documents.read(file));
      }
    }
    addAll(
        reasons,
        "String [A-Z_]+ = \"([a-z_]+)\"",
        Documents.read(Path.of("src/main/java/net/insightpulseai/bridge/outbox/Outcome.java")));
    Set<String> ofTheBridge = faultOfTheBridge();
    reasons.addAll(ofTheBridge);
    // Two of a choice by status, which the pattern does not find.
    reasons.addAll(Set.of("server_error", "refused"));
    assertThat(Documents.firstColumn("docs/operations.md", "## Reasons")).isEqualTo(reasons);
    Set<String> said = new TreeSet<>();
    addAll(
        said,
        "(?m)^\\| `([a-z_]+)` \\| `bridge` \\|",
        Documents.below("docs/operations.md", "## Reasons"));
    assertThat(said).isEqualTo(ofTheBridge);
  }

  private static Set<String> faultOfTheBridge() {
    String tables =
        Documents.read(Path.of("src/main/resources/db/migration/V2__bridge_tables.sql"));
    Matcher list = Pattern.compile("case when failure in \\(([^)]*)\\)").matcher(tables);
    assertThat(list.find()).isTrue();
    Set<String> words = new TreeSet<>();
    addAll(words, "'([a-z_]+)'", list.group(1));
    return words;
  }

  private static void addAll(Set<String> words, String pattern, String text) {
    Matcher word = Pattern.compile(pattern).matcher(text);
    while (word.find()) {
      words.add(word.group(1));
    }
  }

  @Test
  void makeTargets() {
    Set<String> targets = new TreeSet<>();
    Matcher target =
        Pattern.compile("(?m)^((?:bridge|demo)-[a-z-]+):")
            .matcher(Documents.read(Path.of("Makefile")));
    while (target.find()) {
      targets.add(target.group(1));
    }
    assertThat(targets).hasSizeGreaterThan(5);
    Set<String> named = new TreeSet<>();
    Matcher name =
        Pattern.compile("`((?:bridge|demo)-[a-z-]+)`")
            .matcher(Documents.below("docs/operations.md", "## Make targets"));
    while (name.find()) {
      named.add(name.group(1));
    }
    assertThat(named).isEqualTo(targets);
  }

  private static Set<String> words(String column, Set<String> values) {
    Set<String> words = new TreeSet<>(values);
    words.add(column);
    return words;
  }

  private static Set<String> enumOf(String pointer) {
    JsonNode found = API.at(pointer);
    assertThat(found.isArray()).as(pointer).isTrue();
    Set<String> words = new TreeSet<>();
    found.forEach(one -> words.add(one.asText()));
    return words;
  }
}
