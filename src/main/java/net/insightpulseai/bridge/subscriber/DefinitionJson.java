package net.insightpulseai.bridge.subscriber;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.subscriber.Subscriber.Format;
import net.insightpulseai.bridge.subscriber.Subscriber.Kind;
import net.insightpulseai.bridge.subscriber.Subscriber.Mode;
import net.insightpulseai.bridge.subscriber.Subscriber.Signature;
import org.jspecify.annotations.Nullable;

/** A definition as JSON: as callers write it, and as the columns of its row. */
final class DefinitionJson {

  static final Set<String> FIELDS =
      Set.of(
          "name",
          "kind",
          "url",
          "event_types",
          "sources",
          "company",
          "format",
          "signature",
          "mode",
          "topic",
          "rate",
          "slots",
          "tls",
          "filter",
          "fields");

  private static final int LONGEST = 10_000;

  private DefinitionJson() {}

  /**
   * Reads a definition, without checking it.
   *
   * @throws net.insightpulseai.bridge.http.Refusal 400 if a field has another type
   */
  static Definition read(BodyFields fields) {
    return new Definition(
        fields.text("name", LONGEST),
        word(fields, "kind", Kind.class),
        fields.text("url", LONGEST),
        fields.texts("event_types", LONGEST),
        fields.texts("sources", LONGEST),
        company(fields),
        word(fields, "format", Format.class),
        word(fields, "signature", Signature.class),
        word(fields, "mode", Mode.class),
        fields.text("topic", LONGEST),
        fields.whole("rate", Integer.MIN_VALUE, Integer.MAX_VALUE),
        fields.whole("slots", Integer.MIN_VALUE, Integer.MAX_VALUE),
        TlsReferences.read(fields),
        fields.text("filter", LONGEST),
        fields.texts("fields", LONGEST));
  }

  /** Every column of a definition, with defaults for what it leaves out. */
  static ObjectNode columns(Definition wanted) {
    ObjectNode columns = JsonNodeFactory.instance.objectNode();
    columns.put("name", wanted.name());
    columns.put("kind", word(Objects.requireNonNull(wanted.kind())));
    columns.put("url", wanted.url());
    columns.set(
        "event_types", array(wanted.eventTypes() == null ? List.of("*") : wanted.eventTypes()));
    columns.set("sources", wanted.sources() == null ? null : array(wanted.sources()));
    columns.put("company", wanted.company());
    columns.put("format", word(wanted.format() == null ? Format.FULL : wanted.format()));
    columns.put("signature", word(wanted.signatureOrDefault()));
    columns.put("mode", word(wanted.modeOrDefault()));
    columns.put("topic", wanted.topicOrDefault());
    columns.put("rate", wanted.rate());
    columns.put("slots", wanted.slots());
    columns.set("tls", wanted.tls() == null ? null : wanted.tls().write());
    columns.put("filter", wanted.filter());
    columns.set("fields", wanted.fields() == null ? null : array(wanted.fields()));
    return columns;
  }

  private static @Nullable Long company(BodyFields fields) {
    JsonNode value = fields.value("company");
    if (value != null && (!value.isIntegralNumber() || !value.canConvertToLong())) {
      throw BodyFields.bad("company", "a whole number, the id of a company in Odoo");
    }
    return value == null ? null : value.longValue();
  }

  private static <E extends Enum<E>> @Nullable E word(
      BodyFields fields, String name, Class<E> type) {
    JsonNode value = fields.value(name);
    if (value == null) {
      return null;
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equals(value.textValue()))
        .findFirst()
        .orElseThrow(() -> BodyFields.bad(name, "one of " + words(type)));
  }

  private static String words(Class<? extends Enum<?>> type) {
    return String.join(
        ", ", Arrays.stream(type.getEnumConstants()).map(DefinitionJson::word).toList());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static ArrayNode array(List<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
  }
}
