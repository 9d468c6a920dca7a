package net.insightpulseai.bridge.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * A column of a table.
 *
 * @param title its head
 * @param fields where its value is, as JSON pointers; the first that has one
 * @param form how it is shown
 */
record Column(String title, String fields, Form form) {

  /** How a value is shown. */
  enum Form {
    /** In full. */
    WORD,
    /** In full, to the right. */
    NUMBER,
    /** In the zone of the table, to the second. */
    TIME,
    /** Cut where the table is too wide. */
    TEXT
  }

  static Column word(String field) {
    return new Column(title(field), "/" + field, Form.WORD);
  }

  static Column number(String field) {
    return new Column(title(field), "/" + field, Form.NUMBER);
  }

  static Column time(String field) {
    return new Column(title(field), "/" + field, Form.TIME);
  }

  static Column text(String field) {
    return new Column(title(field), "/" + field, Form.TEXT);
  }

  /** The same under another title. */
  Column as(String other) {
    return new Column(other, fields, form);
  }

  private static String title(String field) {
    return field.toUpperCase(Locale.ROOT).replace('_', ' ');
  }

  /** What the row has for it, on one line; empty if nothing. */
  String of(JsonNode row, ShownTime times) {
    for (String field : fields.split(" ", -1)) {
      JsonNode value = row.at(field);
      if (value.isTextual()) {
        return form == Form.TIME ? times.of(value.textValue()) : Cell.printable(value.textValue());
      }
      if (value.isArray()) {
        StringBuilder all = new StringBuilder();
        value.forEach(one -> all.append(all.isEmpty() ? "" : ", ").append(one.asText()));
        return Cell.printable(all.toString());
      }
      if (!value.isMissingNode() && !value.isNull()) {
        return value.asText();
      }
    }
    return "";
  }
}
