package net.insightpulseai.bridge.reload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import net.insightpulseai.bridge.history.ListedVersion;
import net.insightpulseai.bridge.history.Pin;
import net.insightpulseai.bridge.history.StoredVersion;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Versions of the routes as the API shows them. */
final class VersionJson {

  private VersionJson() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode of(ListedVersion version) {
    return head(
            version.id(),
            version.hash(),
            version.at(),
            version.instance(),
            version.who(),
            version.change())
        .put("files", version.files());
  }

  /** With its files. */
  static ObjectNode of(StoredVersion version) {
    ObjectNode one =
        head(
            version.id(),
            version.files().shown(),
            version.at(),
            version.instance(),
            version.who(),
            version.change());
    one.put("genuine", version.genuine()).putArray("files");
    version
        .files()
        .files()
        .forEach(
            (name, content) ->
                one.withArray("files").addObject().put("name", name).put("content", content));
    return one;
  }

  private static ObjectNode head(
      long id, String hash, Instant at, String instance, @Nullable String who, String change) {
    return object()
        .put("id", id)
        .put("hash", hash)
        .put("applied_at", at.toString())
        .put("instance", instance)
        .put("who", who)
        .put("change", change);
  }

  static @Nullable ObjectNode of(@Nullable Pin pin) {
    return pin == null
        ? null
        : object()
            .put("version", pin.version())
            .put("who", pin.who())
            .put("why", pin.why())
            .put("since", pin.at().toString());
  }

  static ObjectNode of(RouteVersion running) {
    return object()
        .put("hash", running.hash())
        .put("since", running.at().toString())
        .put("change", running.change());
  }

  static @Nullable ObjectNode of(@Nullable RefusedEdit refused) {
    if (refused == null) {
      return null;
    }
    ObjectNode one = object().put("hash", refused.hash()).put("at", refused.at().toString());
    one.putArray("findings");
    refused.findings().forEach(finding -> one.withArray("findings").add(finding.toString()));
    return one;
  }

  static void answer(Exchange exchange, ObjectNode answer) {
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setBody(answer.toString().getBytes(UTF_8));
  }
}
