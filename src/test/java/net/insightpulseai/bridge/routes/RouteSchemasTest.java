package net.insightpulseai.bridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Camel's own schemas say about the route files.
 *
 * <p>The Camel that runs here has one schema, which also takes shorthands. A later Camel has one
 * for the canonical form alone; it rules nothing here, so what it finds is a warning.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteSchemasTest {

  private static final Logger LOG = LoggerFactory.getLogger(RouteSchemasTest.class);
  private static final Path NEXT_CANONICAL =
      Path.of("target/next-camel/schema/camelYamlDsl-canonical.json");

  private JsonSchema ours;
  private JsonSchema next;

  // Once: each is larger than half a megabyte.
  @BeforeAll
  void readSchemas() throws IOException {
    JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(VersionFlag.V4);
    try (InputStream text = getClass().getResourceAsStream("/schema/camelYamlDsl.json")) {
      ours = schemas.getSchema(text);
    }
    try (InputStream text = Files.newInputStream(NEXT_CANONICAL)) {
      next = schemas.getSchema(text);
    }
  }

  static List<Path> files() throws IOException {
    return RouteFiles.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void fitsTheSchemaOfTheCamelThatRunsIt(Path file) throws IOException {
    assertThat(ours.validate(RouteFiles.read(file))).isEmpty();
  }

  @Test
  void warnsOfWhatALaterCamelsCanonicalSchemaRefuses() throws IOException {
    for (Path file : files()) {
      for (ValidationMessage fault : next.validate(RouteFiles.read(file))) {
        LOG.warn("{}: a later Camel refuses {}", file, fault);
      }
    }
  }

  // A schema that takes anything would never warn.
  @Test
  void bothSchemasNoticeAnUnknownStepAndTheLaterOneAShorthand() throws IOException {
    JsonNode unknown = aRouteWith("nonsense", "x");
    JsonNode shorthand = aRouteWith("to", "log:x");

    assertThat(List.<Set<ValidationMessage>>of(ours.validate(unknown), next.validate(unknown)))
        .noneMatch(Set::isEmpty);
    assertThat(ours.validate(shorthand)).isEmpty();
    assertThat(next.validate(shorthand)).isNotEmpty();
  }

  private static JsonNode aRouteWith(String step, String value) throws IOException {
    JsonNode file = RouteFiles.read(files().get(0)).deepCopy();
    ((ObjectNode) file.at("/0/route/from/steps/0")).removeAll().put(step, value);
    return file;
  }
}
