package net.insightpulseai.bridge.routecheck;

import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.config.Nearest;

/** How a place of Camel's schema is put into words. */
final class SchemaWords {

  /** So many names still fit into a line. */
  private static final int FEW = 12;

  private SchemaWords() {}

  /** What one of the elements of a list is called. */
  static String element(String owner) {
    return switch (owner) {
      case "steps" -> "step";
      case "when", "doCatch" -> owner;
      default -> "element of " + owner;
    };
  }

  /** What may stand at a place. */
  static String expected(Shape shape) {
    if (shape.takes("array")) {
      return "a list, whose elements begin with \"- \"";
    }
    if (!shape.takes("object")) {
      return "a text";
    }
    List<String> names = new ArrayList<>(shape.required());
    return "its options indented below it"
        + (names.isEmpty() ? "" : ", at least " + String.join(" and ", names));
  }

  /** That a key is unknown, with the one that was meant or those that there are. */
  static String unknown(String owner, String name, Shape shape) {
    String what =
        shape.isSingle()
            ? "unknown " + owner + " \"" + name + "\""
            : "unknown option \"" + name + "\" of " + owner;
    String hint = Nearest.hint(name, shape.names());
    return shape.names().size() > FEW || !hint.isEmpty()
        ? what + hint
        : what + ", expected " + String.join(", ", shape.names());
  }
}
