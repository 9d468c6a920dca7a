package net.insightpulseai.bridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.ingest.ExactJson;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.yaml.snakeyaml.Yaml;

/** The served description, and whether a real response is as it says. */
final class OpenApi {

  /** What else an OpenAPI document holds is none of a schema's business. */
  private static final JsonMetaSchema DIALECT =
      JsonMetaSchema.builder(JsonMetaSchema.getV202012())
          .unknownKeywordFactory((word, context) -> new NonValidationKeyword(word))
          .build();

  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(VersionFlag.V202012))
          .metaSchema(DIALECT)
          .defaultMetaSchemaIri(DIALECT.getIri())
          .build();
  private static final SchemaValidatorsConfig STRICT =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final JsonNode document;

  OpenApi(String yaml) {
    this.document = new ObjectMapper().valueToTree(new Yaml().<Map<String, Object>>load(yaml));
  }

  /** The path of a route as the description has it: without patterns for its variables. */
  static String path(PlatformHttpEndpoint endpoint) {
    return endpoint.getPath().replaceAll("\\{(\\w+):[^/]*}", "{$1}");
  }

  /** A path of the description with a value for each of its variables. */
  static String concrete(String path) {
    return path.replace("{id}", "1")
        .replace("{model}", "res.partner")
        .replace("{correlation_id}", "11111111-2222-3333-4444-555555555555");
  }

  String version() {
    return document.path("openapi").textValue();
  }

  Set<String> paths() {
    return names("/paths");
  }

  /** The methods that the description has for a path, in lower case. */
  Set<String> methods(String path) {
    return names("/paths/" + escape(path));
  }

  /** The statuses that the description has for an operation. */
  Set<String> statuses(String method, String path) {
    return names("/paths/" + escape(path) + "/" + method + "/responses");
  }

  /** Whether the description asks for no key at all. */
  boolean isOpen(String method, String path) {
    JsonNode security = document.at("/paths/" + escape(path) + "/" + method + "/security");
    return security.isArray() && security.isEmpty();
  }

  private Set<String> names(String pointer) {
    Set<String> names = new TreeSet<>();
    document.at(pointer).fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Every {@code $ref} of the description. */
  Set<String> references() {
    return document.findValues("$ref").stream()
        .map(JsonNode::textValue)
        .collect(Collectors.toSet());
  }

  boolean resolves(String reference) {
    return reference.startsWith("#/") && !document.at(reference.substring(1)).isMissingNode();
  }

  /** Fails unless the description has this status, this type and this body for the operation. */
  void accepts(String method, String path, HttpResponse<String> response) {
    String at = "/paths/" + escape(path) + "/" + method + "/responses";
    String status = Integer.toString(response.statusCode());
    String pointer = follow(at + "/" + (document.at(at).has(status) ? status : "default"));
    String type = response.headers().firstValue("content-type").orElse("").split(";")[0].strip();
    pointer = pointer + "/content/" + escape(type) + "/schema";
    assertThat(document.at(pointer).isMissingNode())
        .as("%s %s may answer %s with %s: %s", method, path, status, type, response.body())
        .isFalse();
    assertThat(faults(pointer, body(type, response)))
        .as("%s %s %s: %s", method, path, status, response.body())
        .isEmpty();
  }

  /** What the schema at a pointer has against a value. */
  Set<String> faults(String pointer, JsonNode value) {
    ObjectNode schema = document.deepCopy();
    schema.put("$ref", "#" + pointer);
    JsonSchema validator = SCHEMAS.getSchema(schema, STRICT);
    return validator.validate(value).stream()
        .map(ValidationMessage::getMessage)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  JsonNode document() {
    return document;
  }

  private String follow(String pointer) {
    JsonNode reference = document.at(pointer).path("$ref");
    return reference.isTextual() ? reference.textValue().substring(1) : pointer;
  }

  private static JsonNode body(String type, HttpResponse<String> response) {
    try {
      return type.equals("application/json")
          ? ExactJson.mapper().readTree(response.body())
          : new TextNode(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String escape(String part) {
    return part.replace("~", "~0").replace("/", "~1");
  }
}
