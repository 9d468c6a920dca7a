package net.insightpulseai.bridge.routecheck;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What routes may not do although Camel can: make objects of any class, reach into the bridge
 * itself, and call what is not written out. It knows the usual ways, and is no wall.
 */
final class Fence {

  private static final String HIDES = "hides the endpoints of its routes; expected a route";
  private static final String REST =
      "is not checked; expected a route that takes from platform-http:";
  private static final String CHOOSES =
      "calls what a message names; expected \"to\" in a \"choice\" or a \"multicast\", with endpoints that are written out";

  private static final Map<String, String> ENTRIES =
      Map.of(
          "beans",
              "makes objects of any class; expected the name of a bean of docs/routes.md in the step that needs it",
          "routeTemplate", HIDES,
          "templatedRoute", HIDES,
          "rest", REST,
          "restConfiguration", REST);

  private static final Map<String, String> STEPS =
      Map.of(
          "recipientList", CHOOSES,
          "routingSlip", CHOOSES,
          "dynamicRouter", CHOOSES,
          "kamelet", HIDES,
          "serviceCall", "calls what a registry names; expected \"to\"");

  /** Steps whose endpoint may be made from a message. */
  private static final Set<String> DYNAMIC = Set.of("toD", "wireTap", "poll");

  private static final Set<String> EXPRESSIONS = Set.of("enrich", "pollEnrich");

  /** Entries that hold nothing but flow. */
  private static final Set<String> FLOW = Set.of(Entry.ROUTE, Entry.CONFIGURATION, "from");

  private final ClassNames classes;
  private final SimpleTexts texts;
  private final Findings findings;
  private final Set<RouteFile> unsafe = new HashSet<>();

  /**
   * @param resolve puts values for placeholders, and gives back what it cannot resolve
   */
  Fence(KnownBeans beans, UnaryOperator<String> resolve, Findings findings) {
    this.classes = new ClassNames(resolve, findings);
    this.texts = new SimpleTexts(beans, resolve, findings);
    this.findings = findings;
  }

  void check(Entry entry) {
    String fault = ENTRIES.get(entry.kind());
    if (fault != null) {
      // Building another entry of the file could load this one too, if both are in one line.
      unsafe.add(entry.file());
      findings.wrong(
          entry.file(),
          entry.item(),
          "the entry \"%s\" is not allowed: it %s".formatted(entry.kind(), fault));
      return;
    }
    Nodes.each(entry.item(), (key, at, value) -> step(entry, key, at, value));
    classes.check(entry);
    texts.check(entry);
  }

  /** Whether building it for trial does no more than building routes. */
  boolean mayBeBuilt(Entry entry) {
    return FLOW.contains(entry.kind()) && !unsafe.contains(entry.file());
  }

  private void step(Entry entry, String key, Node at, Node value) {
    String fault = STEPS.get(key);
    if (fault != null) {
      findings.wrong(
          entry.file(), at, "the step \"%s\" is not allowed: it %s".formatted(key, fault));
      return;
    }
    Endpoint endpoint = Endpoint.of(key, at, value);
    if ((EXPRESSIONS.contains(key) && endpoint == null)
        || ((EXPRESSIONS.contains(key) || DYNAMIC.contains(key))
            && endpoint != null
            && endpoint.isDynamic())) {
      findings.wrong(
          entry.file(),
          at,
          "the endpoint of \"%s\" is made from a message, which routes may not; expected %s, and \"choice\" between several"
              .formatted(
                  key,
                  EXPRESSIONS.contains(key)
                      ? "a \"constant\" with one that is written out"
                      : "one that is written out"));
    }
  }
}
