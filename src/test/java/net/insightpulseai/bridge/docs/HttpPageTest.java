package net.insightpulseai.bridge.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** docs/http-api.md lists the operations of the OpenAPI file, with who may call them. */
class HttpPageTest {

  private static final Map<Set<String>, String> ACCESS =
      Map.of(
          Set.of(), "anyone",
          Set.of("apikey", "bearer"), "service key",
          Set.of("signature", "standardWebhooks"), "signature",
          Set.of("apikey", "bearer", "subscriberSecret"), "service key or the subscriber's secret",
          Set.of("apikey", "bearer", "signature", "standardWebhooks"), "service key or signature",
          Set.of("apikey", "bearer", "signature", "standardWebhooks", "webhookSecret"),
              "service key, signature or shared header");

  @Test
  void thePageListsEveryOperationWithItsSummary() throws IOException {
    Map<String, Object> api =
        new Yaml().load(Documents.read(Path.of("src/main/resources/openapi.yaml")));
    Map<String, List<String>> byTag = new LinkedHashMap<>();
    for (Object tag : (List<?>) api.get("tags")) {
      byTag.put(text(tag, "name"), new ArrayList<>());
    }
    map(api, "paths")
        .forEach(
            (path, methods) ->
                ((Map<?, ?>) methods)
                    .forEach(
                        (method, operation) ->
                            byTag
                                .get(((List<?>) ((Map<?, ?>) operation).get("tags")).get(0))
                                .add(line(path, method.toString(), (Map<?, ?>) operation))));
    List<String> lines = new ArrayList<>();
    byTag.forEach(
        (tag, operations) -> {
          lines.add("");
          lines.add("### " + tag.substring(0, 1).toUpperCase(Locale.ROOT) + tag.substring(1));
          lines.add("");
          lines.addAll(operations);
        });
    GeneratedPart.of("docs/http-api.md", "operations").mustBe(lines);
  }

  private static String line(Object path, String method, Map<?, ?> operation) {
    Set<String> schemes =
        ((List<?>) operation.get("security"))
            .stream()
                .flatMap(one -> ((Map<?, ?>) one).keySet().stream())
                .map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    String access = ACCESS.get(schemes);
    if (access == null) {
      throw new AssertionError("no words for " + schemes + " of " + method + " " + path);
    }
    return GeneratedPart.bullet(
        "`%s %s` (%s): %s"
            .formatted(method.toUpperCase(Locale.ROOT), path, access, operation.get("summary")));
  }

  private static Map<?, ?> map(Map<?, ?> from, String key) {
    return (Map<?, ?>) from.get(key);
  }

  private static String text(Object from, String key) {
    return ((Map<?, ?>) from).get(key).toString();
  }
}
