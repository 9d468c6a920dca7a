package net.insightpulseai.bridge.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Editors and Camel's own validation know {@code outbox:} by its catalog entry. */
class OutboxCatalogTest {

  private static final String ENTRY = "/META-INF/net/insightpulseai/bridge/outbox/outbox.json";

  private final DefaultCamelCatalog catalog = new DefaultCamelCatalog();
  private String json;
  private JsonNode entry;

  @BeforeEach
  void read() throws IOException {
    try (InputStream in = OutboxEndpoint.class.getResourceAsStream(ENTRY)) {
      json = new String(in.readAllBytes(), UTF_8);
    }
    entry = new ObjectMapper().readTree(json);
    catalog.addComponent("outbox", OutboxComponent.class.getName(), json);
  }

  @Test
  void theEndpointOfTheShippedRoutesIsValid() {
    EndpointValidationResult result =
        catalog.validateEndpointProperties("outbox:odoo-actions?responseTimeout=75s");

    assertThat(result.isSuccess()).as(result.summaryErrorMessage(false)).isTrue();
  }

  @Test
  void anUnknownOptionIsNamed() {
    EndpointValidationResult result =
        catalog.validateEndpointProperties("outbox:odoo-actions?responseTimeout=75s&lease=1m");

    assertThat(result.isSuccess()).isFalse();
    assertThat(result.getUnknown()).containsExactly("lease");
    assertThat(result.summaryErrorMessage(false)).contains("lease", "Unknown option");
  }

  @Test
  void aMissingTimeoutAndAnUnknownQueueAreNamed() {
    assertThat(catalog.validateEndpointProperties("outbox:odoo-actions").getRequired())
        .containsExactly("responseTimeout");
    assertThat(
            catalog
                .validateEndpointProperties("outbox:mail?responseTimeout=75s")
                .getInvalidEnumChoices()
                .get("queue"))
        .containsExactly("odoo-actions", "event-deliveries");
  }

  @Test
  void camelFindsTheEntryByItsScheme() throws IOException {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      assertThat(camel.getComponentParameterJsonSchema("outbox")).isEqualTo(json);
    }
  }

  @Test
  void theEntrySaysWhatTheAnnotationsSay() {
    UriEndpoint endpoint = OutboxEndpoint.class.getAnnotation(UriEndpoint.class);
    JsonNode component = entry.path("component");
    assertThat(component.path("scheme").asText()).isEqualTo(endpoint.scheme());
    assertThat(component.path("title").asText()).isEqualTo(endpoint.title());
    assertThat(component.path("syntax").asText()).isEqualTo(endpoint.syntax());
    assertThat(component.path("firstVersion").asText()).isEqualTo(endpoint.firstVersion());
    assertThat(component.path("consumerOnly").asBoolean()).isEqualTo(endpoint.consumerOnly());
    assertThat(component.path("label").asText().split(","))
        .containsExactly(
            Arrays.stream(endpoint.category()).map(one -> one.getValue()).toArray(String[]::new));

    List<String> own = new ArrayList<>();
    for (Field field : OutboxEndpoint.class.getDeclaredFields()) {
      UriPath path = field.getAnnotation(UriPath.class);
      UriParam param = field.getAnnotation(UriParam.class);
      if (path != null || param != null) {
        own.add(field.getName());
        assertOption(field, path == null ? param.description() : path.description());
      }
    }
    List<String> described = new ArrayList<>();
    entry.path("properties").fieldNames().forEachRemaining(described::add);
    assertThat(described.subList(0, own.size())).isEqualTo(own);
    // The rest is what every consumer endpoint of Camel has.
    assertThat(described.subList(own.size(), described.size()))
        .containsExactly("bridgeErrorHandler", "exceptionHandler", "exchangePattern");
    assertThat(enumOf("queue"))
        .containsExactly(Arrays.stream(Queue.values()).map(Queue::label).toArray(String[]::new));
  }

  private void assertOption(Field field, String description) {
    JsonNode option = entry.path("properties").path(field.getName());
    boolean required = field.getAnnotation(Metadata.class).required();
    assertThat(option.path("description").asText()).isEqualTo(description);
    assertThat(option.path("required").asBoolean()).isEqualTo(required);
    assertThat(option.path("kind").asText())
        .isEqualTo(field.isAnnotationPresent(UriPath.class) ? "path" : "parameter");
  }

  private List<String> enumOf(String option) {
    List<String> values = new ArrayList<>();
    entry.path("properties").path(option).path("enum").forEach(one -> values.add(one.asText()));
    return values;
  }
}
