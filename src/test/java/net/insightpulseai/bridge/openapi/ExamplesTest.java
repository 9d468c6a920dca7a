package net.insightpulseai.bridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description as a file: nothing in it is lost, and each body has examples that fit. */
class ExamplesTest {

  private static final OpenApi API = new OpenApi(read());

  @Test
  void noKeyIsWithoutAValue() {
    assertThat(withoutValue(API.document())).isEmpty();
  }

  @Test
  void aCommaThatIsNotQuotedIsNoticed() {
    OpenApi faulty = new OpenApi("{schema: {type: string, description: Who did it, and why}}");
    assertThat(withoutValue(faulty.document())).containsExactly("/schema/and why");
  }

  @Test
  void everyBodyHasAnExample() {
    assertThat(bodies()).hasSizeGreaterThan(60);
    assertThat(bodies())
        .allSatisfy((pointer, body) -> assertThat(body.path("examples")).isNotEmpty());
  }

  @Test
  void everyExampleIsAsItsSchemaSays() {
    Map<String, Set<String>> faults = new TreeMap<>();
    bodies()
        .forEach(
            (pointer, body) -> {
              for (JsonNode reference : body.path("examples")) {
                String example = reference.path("$ref").asText().substring(1);
                Set<String> found =
                    API.faults(pointer + "/schema", API.document().at(example + "/value"));
                if (!found.isEmpty()) {
                  faults.put(pointer + " " + example, found);
                }
              }
            });
    assertThat(faults).isEmpty();
  }

  @Test
  void everyExampleIsUsed() {
    Set<String> named = new TreeSet<>();
    API.document()
        .at("/components/examples")
        .fieldNames()
        .forEachRemaining(name -> named.add("#/components/examples/" + name));
    assertThat(named).isNotEmpty().isSubsetOf(API.references());
  }

  @Test
  void theTypesNameEverySchemaAndEveryOperation() throws IOException {
    String types = Files.readString(Path.of("src/main/resources/openapi.d.ts"));
    API.document()
        .at("/components/schemas")
        .fieldNames()
        .forEachRemaining(
            name -> assertThat(types).contains("export type " + name + " = components['schemas']"));
    API.document()
        .findValues("operationId")
        .forEach(id -> assertThat(types).contains("    " + id.asText() + ": {"));
  }

  /** Every body of a request or of an answer, by its pointer. */
  private static Map<String, JsonNode> bodies() {
    Map<String, JsonNode> bodies = new TreeMap<>();
    collect(API.document(), "", bodies);
    return bodies;
  }

  private static void collect(JsonNode node, String pointer, Map<String, JsonNode> bodies) {
    node.properties()
        .forEach(
            one -> {
              String inner = pointer + "/" + OpenApi.escape(one.getKey());
              if (one.getKey().equals("content")) {
                one.getValue()
                    .properties()
                    .forEach(
                        body ->
                            bodies.put(
                                inner + "/" + OpenApi.escape(body.getKey()), body.getValue()));
              } else if (!one.getKey().equals("examples")) {
                collect(one.getValue(), inner, bodies);
              }
            });
  }

  /** The keys that have no value: what an unquoted comma in {@code {a: b, c}} makes of a text. */
  private static Set<String> withoutValue(JsonNode node) {
    Set<String> found = new TreeSet<>();
    withoutValue(node, "", found);
    return found;
  }

  private static void withoutValue(JsonNode node, String pointer, Set<String> found) {
    node.properties()
        .forEach(
            one -> {
              if (one.getValue().isNull()) {
                found.add(pointer + "/" + one.getKey());
              } else if (!pointer.startsWith("/components/examples/")) {
                withoutValue(one.getValue(), pointer + "/" + one.getKey(), found);
              }
            });
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      withoutValue(node.get(i), pointer + "/" + i, found);
    }
  }

  static String read() {
    try {
      return Files.readString(Path.of("src/main/resources/openapi.yaml"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
