package net.insightpulseai.bridge.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The check of the form, beside a validator of JSON schemas that reads the same schema. */
class SchemaCheckTest {

  private static final SchemaCheck CHECK = new SchemaCheck();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static JsonSchema validator;

  @BeforeAll
  static void readSchema() throws IOException {
    try (InputStream text = SchemaCheck.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      validator = JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(text);
    }
  }

  @Test
  void refusesWhatTheValidatorRefuses() throws IOException {
    for (Edit edit : Edit.all()) {
      for (RouteFile file : edit.files()) {
        JsonNode tree = read(file);
        if (tree != null && !tree.isEmpty() && !faults(tree).isEmpty()) {
          assertThat(check(file)).as("%s: %s", edit.what(), faults(tree)).isNotEmpty();
        }
      }
    }
  }

  @Test
  void takesEveryStepThatTheSchemaKnows() throws IOException {
    JsonNode definitions;
    try (InputStream text = SchemaCheck.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      definitions = new ObjectMapper().readTree(text).at("/items/definitions");
    }
    List<String> steps =
        List.copyOf(
            YAML.convertValue(
                    definitions.at("/org.apache.camel.model.ProcessorDefinition/properties"),
                    LinkedHashMap.class)
                .keySet());
    assertThat(steps).hasSizeGreaterThan(50);
    for (String step : steps) {
      assertThat(check(route("- " + step + ": {}")))
          .as(step)
          .noneMatch(finding -> finding.text().startsWith("unknown"));
    }
  }

  @Test
  void shorthandsAreTaken() {
    for (String step :
        List.of(
            "- to: direct:x",
            "- log: hello",
            "- setBody: {simple: x}",
            "- setBody: {expression: {simple: x}}",
            "- setHeader: {name: a, constant: 5}",
            "- process: {ref: x, disabled: true}",
            "- process: {ref: x, disabled: \"{{off}}\"}",
            "- marshal: {json: {}}",
            "- split: {tokenize: \",\", steps: []}",
            "- loop: {constant: 3, steps: [{log: x}]}",
            "- to: {uri: http://x, parameters: {anything: [1, 2]}}")) {
      assertThat(check(route(step))).as(step).isEmpty();
    }
  }

  /** Without quoted booleans and placeholders, which Camel takes and other checks look at. */
  private static List<String> faults(JsonNode tree) {
    return validator.validate(tree).stream()
        .map(ValidationMessage::getMessage)
        .filter(fault -> !fault.endsWith("string found, boolean expected"))
        .toList();
  }

  private static RouteFile route(String step) {
    return new RouteFile(
        "x.camel.yaml",
        "- route:\n    from:\n      uri: timer:x\n      steps:\n        " + step + "\n");
  }

  private static List<Finding> check(RouteFile file) {
    Findings findings = new Findings();
    CHECK.check(
        file,
        new Yaml().compose(new StringReader(file.text())),
        new Languages(Set.of(PermitSettings.LANGUAGES.split(",")), findings),
        findings);
    return findings.all();
  }

  /** Null where it is no YAML, or has an alias, which is for others to say. */
  private static JsonNode read(RouteFile file) {
    if (file.text().contains(": *")) {
      return null;
    }
    try {
      return YAML.readTree(file.text());
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
