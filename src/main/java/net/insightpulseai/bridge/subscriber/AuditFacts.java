package net.insightpulseai.bridge.subscriber;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import net.insightpulseai.bridge.http.Operator;
import org.jspecify.annotations.Nullable;

/**
 * What is audited of an act. Of a URL only its origin: path and query may hold secrets of the
 * subscriber.
 */
final class AuditFacts {

  private AuditFacts() {}

  static ObjectNode of(Definition definition, Operator operator) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("name", definition.name());
    facts.put("kind", Objects.requireNonNull(definition.kind()).name().toLowerCase(Locale.ROOT));
    if (definition.url() != null) {
      facts.put("place", origin(definition.url()));
    }
    facts.put("by", operator.who());
    facts.put("why", operator.why().isEmpty() ? null : operator.why());
    return facts;
  }

  private static @Nullable String origin(String url) {
    URI uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }
}
