package net.insightpulseai.bridge.endtoend;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Odoo under test, as its own users reach it: over JSON-2 with an administrator's API key, not
 * through the bridge and not through a relay. Every call is one transaction there.
 */
final class RealOdoo {

  /** Which system parameter says that a database may be written to by tests: its own name. */
  static final String MARK = "ip.test_database";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI url;
  private final String database;
  private final String key;

  private RealOdoo(URI url, String database, String key) {
    this.url = url;
    this.database = database;
    this.key = key;
  }

  /**
   * The Odoo that {@code ODOO_BASE_URL}, {@code ODOO_DATABASE} (optional) and {@code ODOO_E2E_KEY}
   * name.
   *
   * @throws IllegalStateException if one is missing, or if the database is not for tests
   */
  static RealOdoo fromEnvironment() {
    RealOdoo odoo =
        new RealOdoo(
            URI.create(required("ODOO_BASE_URL").replaceFirst("/+$", "")),
            requireNonNullElse(System.getenv("ODOO_DATABASE"), "").strip(),
            required("ODOO_E2E_KEY"));
    odoo.requireTestDatabase();
    return odoo;
  }

  private static String required(String name) {
    String value = requireNonNullElse(System.getenv(name), "").strip();
    if (value.isEmpty()) {
      throw new IllegalStateException(
          name + " is not set: the end-to-end tests need a real Odoo, see CONTRIBUTING.md");
    }
    return value;
  }

  /**
   * Nothing has been changed when this refuses.
   *
   * @throws IllegalStateException if nobody has said of this very database that it is for tests; a
   *     copy of a test database under another name is none
   */
  void requireTestDatabase() {
    String name = call("ir.http", "session_info", Map.of()).path("db").asText();
    String mark = parameter(MARK);
    if (name.isEmpty() || !name.equals(mark)) {
      throw new IllegalStateException(
          "The database \"%s\" at %s is not marked as a test database: its system parameter %s is \"%s\", expected is its name. The end-to-end tests change it; set the parameter only where nobody misses anything."
              .formatted(name, url, MARK, mark));
    }
  }

  URI url() {
    return url;
  }

  /** What the bridge names in {@code X-Odoo-Database}; empty if Odoo serves only one. */
  String database() {
    return database;
  }

  /**
   * Calls a public method.
   *
   * @param arguments by name; {@code ids} are the records it is called on
   * @return what it gives
   * @throws IllegalStateException if Odoo refuses, with what it says
   */
  JsonNode call(String model, String method, Map<String, ?> arguments) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + "/json/2/" + model + "/" + method))
              .timeout(Duration.ofMinutes(2))
              .header("authorization", "Bearer " + key)
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(arguments)));
      if (!database.isEmpty()) {
        request.header("x-odoo-database", database);
      }
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            "Odoo answered %s.%s with %d: %s"
                .formatted(model, method, response.statusCode(), response.body()));
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException("Odoo at " + url + " cannot be reached: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  long create(String model, Map<String, ?> values) {
    return createAll(model, List.of(values)).get(0);
  }

  /** Makes many records in one transaction. */
  List<Long> createAll(String model, List<? extends Map<String, ?>> values) {
    List<Long> ids = new ArrayList<>();
    call(model, "create", Map.of("vals_list", values)).forEach(id -> ids.add(id.asLong()));
    return ids;
  }

  void write(String model, List<Long> ids, Map<String, ?> values) {
    call(model, "write", Map.of("ids", ids, "vals", values));
  }

  void write(String model, long id, Map<String, ?> values) {
    write(model, List.of(id), values);
  }

  void unlink(String model, List<Long> ids) {
    call(model, "unlink", Map.of("ids", ids));
  }

  /** Watches a model that has no rule of its own; gives the rule. */
  long watch(String model, String... fields) {
    long modelId = search("ir.model", List.of(List.of("model", "=", model))).get(0);
    List<Long> fieldIds =
        search(
            "ir.model.fields",
            List.of(List.of("model", "=", model), List.of("name", "in", List.of(fields))));
    return create(
        "ip.event.rule",
        Map.of("name", model, "model_id", modelId, "field_ids", List.of(List.of(6, 0, fieldIds))));
  }

  /** How the sender of events stands: running, waiting, fault or paused. */
  String senderState() {
    return field("ip.bridge", sender(), "state").asText();
  }

  /** An operator's Resume: tries at once instead of at the planned time. */
  void resumeSender() {
    call("ip.bridge", "action_resume", Map.of("ids", List.of(sender())));
  }

  private long sender() {
    return search("ip.bridge", List.of()).get(0);
  }

  /** One field of one record. */
  JsonNode field(String model, long id, String field) {
    return call(model, "read", Map.of("ids", List.of(id), "fields", List.of(field)))
        .path(0)
        .path(field);
  }

  long count(String model, List<?> domain) {
    return call(model, "search_count", Map.of("domain", domain)).asLong();
  }

  /** The ids of what a domain finds, oldest first. */
  List<Long> search(String model, List<?> domain) {
    List<Long> ids = new ArrayList<>();
    call(model, "search", Map.of("domain", domain, "order", "id"))
        .forEach(id -> ids.add(id.asLong()));
    return ids;
  }

  /** A system parameter; empty if it is not set. */
  String parameter(String name) {
    JsonNode value = call("ir.config_parameter", "get_param", Map.of("key", name));
    return value.isTextual() ? value.textValue() : "";
  }

  /** Sets a system parameter; empty unsets it. */
  void parameter(String name, String value) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("key", name);
    arguments.put("value", value.isEmpty() ? false : value);
    call("ir.config_parameter", "set_param", arguments);
  }
}
