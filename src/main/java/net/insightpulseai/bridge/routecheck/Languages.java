package net.insightpulseai.bridge.routecheck;

import java.util.Set;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** The languages of expressions, compared with those that routes may use. */
final class Languages {

  /** The key below which any language can be named. */
  private static final String ANY = "language";

  /** The languages that are keys of their own; other keys of the same places are options. */
  private static final Set<String> NAMES =
      Set.of(
          "constant",
          "csimple",
          "datasonnet",
          "exchangeProperty",
          "groovy",
          "header",
          "hl7terser",
          "java",
          "joor",
          "jq",
          "js",
          "jsonpath",
          "method",
          "mvel",
          "ognl",
          "python",
          "ref",
          "simple",
          "spel",
          "tokenize",
          "variable",
          "wasm",
          "xpath",
          "xquery",
          "xtokenize");

  private final Set<String> allowed;
  private final Findings findings;

  Languages(Set<String> allowed, Findings findings) {
    this.allowed = allowed;
    this.findings = findings;
  }

  /** Judges a key of a place where an expression may stand. */
  void used(RouteFile file, String key, NodeTuple entry) {
    String language = key.equals(ANY) ? Nodes.text(entry.getValueNode(), ANY) : key;
    if ((key.equals(ANY) || NAMES.contains(key)) && !allowed.contains(language)) {
      findings.wrong(
          file,
          entry.getKeyNode(),
          PermitSettings.refusal("language", language, allowed, "allow-languages"));
    }
  }
}
