package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** docs/data.md lists the fields of the OpenAPI description and the columns of the database. */
class DataPageTest {

  private static final String PAGE = "docs/data.md";

  /** Columns of the original contract, which have no comment in the database. */
  private static final Map<String, String> PLAIN =
      Map.of("id", "The number of the row", "created_at", "When the row was inserted");

  private static final String COLUMNS =
      """
      select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
             pg_get_expr(d.adbin, d.adrelid) as standard, col_description(a.attrelid, a.attnum) as words
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
       where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped
       order by a.attnum
      """;

  private static final JsonNode SCHEMAS =
      new ObjectMapper()
          .valueToTree(
              new Yaml()
                  .<Map<String, Object>>load(
                      Documents.read(Path.of("src/main/resources/openapi.yaml"))))
          .at("/components/schemas");

  @ParameterizedTest
  @ValueSource(strings = {"NewEvent", "DeliveredEvent", "NewAction"})
  void thePageListsTheFields(String schema) throws IOException {
    Set<String> required = new TreeSet<>();
    SCHEMAS.at("/" + schema + "/required").forEach(name -> required.add(name.asText()));
    List<String> lines = new ArrayList<>();
    SCHEMAS
        .at("/" + schema + "/properties")
        .properties()
        .forEach(
            field -> {
              String words = words(field.getValue());
              assertThat(words).as("a description of %s.%s", schema, field.getKey()).isNotBlank();
              String must =
                  schema.startsWith("New") && required.contains(field.getKey()) ? ", required" : "";
              lines.add(
                  GeneratedPart.bullet(
                      "`%s` (%s%s): %s"
                          .formatted(field.getKey(), type(field.getValue()), must, words)));
            });
    GeneratedPart.of(PAGE, schema).mustBe(lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit_event", "odoo_action_outbox"})
  void thePageListsTheColumns(String table) throws IOException {
    try (TestDatabase database = TestDatabase.fresh()) {
      List<String> lines = new ArrayList<>();
      for (Map<String, Object> column : database.jdbc().queryForList(COLUMNS, "public." + table)) {
        String name = column.get("name").toString();
        Object words = column.get("words") == null ? PLAIN.get(name) : column.get("words");
        assertThat(words).as("a comment on %s.%s", table, name).isNotNull();
        Object standard = column.get("standard");
        lines.add(
            GeneratedPart.bullet(
                "`%s` (%s%s%s): %s"
                    .formatted(
                        name,
                        column.get("type"),
                        Boolean.TRUE.equals(column.get("required")) ? "" : ", may be null",
                        standard == null ? "" : ", default `" + standard + "`",
                        words)));
      }
      GeneratedPart.of(PAGE, table).mustBe(lines);
    }
  }

  @Test
  void theThinFormHasTheFieldsThatThePageNames() {
    String said = Documents.below(PAGE, "## The fields of an event that you receive");
    SCHEMAS
        .at("/ThinEvent/properties")
        .fieldNames()
        .forEachRemaining(name -> assertThat(said).contains("`" + name + "`"));
  }

  /** Its own description, or that of the schema it refers to. */
  private static String words(JsonNode field) {
    String own = field.path("description").asText();
    return own.isBlank() ? follow(field).path("description").asText() : own;
  }

  private static JsonNode follow(JsonNode field) {
    String reference = field.path("$ref").asText();
    return reference.isEmpty()
        ? field
        : SCHEMAS.path(reference.substring(reference.lastIndexOf('/') + 1));
  }

  private static String type(JsonNode field) {
    JsonNode schema = follow(field);
    if (schema.has("const") || schema.has("enum")) {
      List<String> values = new ArrayList<>();
      schema.path("enum").forEach(one -> values.add("`" + one.asText() + "`"));
      return schema.has("const")
          ? "`" + schema.path("const").asText() + "`"
          : String.join(", ", values);
    }
    List<String> types = new ArrayList<>();
    schema.path("type").forEach(one -> types.add(one.asText()));
    String words =
        types.isEmpty() ? schema.path("type").asText("any JSON") : String.join(" or ", types);
    return schema.path("format").asText().isEmpty()
        ? words
        : words + ", " + schema.path("format").asText();
  }
}
