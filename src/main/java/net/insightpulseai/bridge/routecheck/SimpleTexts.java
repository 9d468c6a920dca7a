package net.insightpulseai.bridge.routecheck;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.Nearest;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Functions of the language simple, wherever they stand: in expressions, methods and statements.
 */
final class SimpleTexts {

  /** Texts for people. */
  private static final Set<String> PROSE = Set.of("description", "note");

  /** The only files that are read in place of a text. */
  private static final Pattern SHIPPED = Pattern.compile("resource:classpath:openapi[.][\\w.]+");

  private static final Pattern START = Pattern.compile("\\$(?:simple)?\\{");
  private static final Pattern BEAN = Pattern.compile("(?:bean|ref):([\\w-]+).*", Pattern.DOTALL);
  private static final Pattern CLASS =
      Pattern.compile("(?:bean:)?type:([\\w.$]*).*", Pattern.DOTALL);

  /** From an exchange everything in the bridge can be reached, and from an object its class. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "(?i)^camelContext|^properties:bean:|\\b(?:get)?camelContext\\b|[.](?:class|getClass)\\b|^class\\b"
              + "|^(?:exchange|message|in|out|exception)\\b.*[.](?:get)?(?:context|unitOfWork|fromEndpoint)\\b",
          Pattern.DOTALL);

  private final KnownBeans beans;
  private final UnaryOperator<String> resolve;
  private final Findings findings;

  /**
   * @param resolve puts values for placeholders, and gives back what it cannot resolve
   */
  SimpleTexts(KnownBeans beans, UnaryOperator<String> resolve, Findings findings) {
    this.beans = beans;
    this.resolve = resolve;
    this.findings = findings;
  }

  void check(Entry entry) {
    Nodes.texts(
        "",
        entry.item(),
        (key, at, value) -> {
          if (!PROSE.contains(key)) {
            text(entry, value, resolve.apply(Nodes.text(value)));
          }
        });
  }

  private void text(Entry entry, Node at, String text) {
    if (text.strip().startsWith("resource:") && !SHIPPED.matcher(text.strip()).matches()) {
      findings.wrong(
          entry.file(),
          at,
          "reads %s, which routes may not; expected the text itself".formatted(text.strip()));
    }
    Matcher start = START.matcher(text);
    while (start.find()) {
      function(entry, at, inside(text, start.end()).strip());
    }
  }

  /** What is between a brace and the one that closes it. */
  private static String inside(String text, int from) {
    int depth = 1;
    for (int at = from; at < text.length(); at++) {
      char one = text.charAt(at);
      depth += one == '{' ? 1 : one == '}' ? -1 : 0;
      if (depth == 0) {
        return text.substring(from, at);
      }
    }
    return text.substring(from);
  }

  private void function(Entry entry, Node at, String function) {
    Matcher named = CLASS.matcher(function);
    Matcher bean = BEAN.matcher(function);
    if (named.matches()) {
      findings.namesClass(entry.file(), at, named.group(1));
    } else if (bean.matches() && beans.type(bean.group(1)) == null) {
      findings.wrong(
          entry.file(),
          at,
          "unknown bean \"%s\"%s"
              .formatted(bean.group(1), Nearest.hint(bean.group(1), beans.names(Object.class))));
    } else if (INSIDE.matcher(function).find()) {
      findings.wrong(
          entry.file(),
          at,
          "${%s} reaches into the bridge itself, which routes may not; expected what a message holds"
              .formatted(function.replaceAll("\\s+", " ")));
    }
  }
}
