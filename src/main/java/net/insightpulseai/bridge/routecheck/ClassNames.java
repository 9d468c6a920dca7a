package net.insightpulseai.bridge.routecheck;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Names of classes, of which routes may make no objects but those of a few types of the JDK. */
final class ClassNames {

  private static final Pattern BY_CLASS = Pattern.compile("#(?:class|type):([\\w.$]*)");
  private static final Pattern BY_TYPE = Pattern.compile("#?(?:bean:)?type:([\\w.$]*).*");

  /** Steps with a {@code type}, or with the type as their text. */
  private static final Set<String> CONVERSIONS =
      Set.of("convertBodyTo", "convertHeaderTo", "convertVariableTo");

  /** Options that hold the name of a type, of data formats, expressions and endpoints. */
  private static final Set<String> TYPES =
      Set.of("unmarshalType", "collectionType", "resultType", "outputClass");

  /** Options that let a message name a class, or name several. */
  private static final Set<String> OPENING =
      Set.of("allowUnmarshallType", "allowJmsType", "allowAnyType", "moduleClassNames", "jsonView");

  private static final Set<String> HARMLESS =
      Set.of(
          "String",
          "byte[]",
          "Boolean",
          "Integer",
          "Long",
          "Double",
          "boolean",
          "int",
          "long",
          "double",
          "java.lang.String",
          "java.lang.Boolean",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Double",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.util.Map",
          "java.util.LinkedHashMap",
          "java.util.HashMap",
          "java.util.List",
          "java.util.ArrayList",
          "java.io.InputStream",
          "com.fasterxml.jackson.databind.JsonNode");

  private final UnaryOperator<String> resolve;
  private final Findings findings;

  /**
   * @param resolve puts values for placeholders, and gives back what it cannot resolve
   */
  ClassNames(UnaryOperator<String> resolve, Findings findings) {
    this.resolve = resolve;
    this.findings = findings;
  }

  void check(Entry entry) {
    Nodes.texts("", entry.item(), (key, at, value) -> text(entry, key, value));
    Nodes.each(
        entry.item(),
        (key, at, value) -> {
          if (CONVERSIONS.contains(key)) {
            Node type = value instanceof ScalarNode ? value : Nodes.get(value, "type");
            if (type != null) {
              type(entry, type);
            }
          }
        });
  }

  private void text(Entry entry, String key, Node value) {
    String text = resolve.apply(Nodes.text(value));
    Matcher named = BY_CLASS.matcher(text);
    Matcher typed = BY_TYPE.matcher(text);
    if (key.equals("beanType")) {
      findings.namesClass(entry.file(), value, text);
    } else if (named.find()) {
      findings.namesClass(entry.file(), value, named.group(1));
    } else if (key.equals("ref") && typed.matches()) {
      findings.namesClass(entry.file(), value, typed.group(1));
    } else if (TYPES.contains(key)) {
      type(entry, value);
    } else if (OPENING.contains(key) && !text.equals("false")) {
      findings.wrong(
          entry.file(),
          value,
          "the option \"%s\" lets other classes in, which routes may not; remove it"
              .formatted(key));
    }
  }

  private void type(Entry entry, Node at) {
    String name = resolve.apply(Nodes.text(at));
    if (!HARMLESS.contains(name)) {
      findings.wrong(
          entry.file(),
          at,
          "the type \"%s\" is not allowed, expected one of %s"
              .formatted(name, String.join(", ", new TreeSet<>(HARMLESS))));
    }
  }
}
