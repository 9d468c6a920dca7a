package net.insightpulseai.bridge.subscriber;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.subscriber.Subscriber.Kind;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * The subscriber as it is and the variable {@code patch} become the parameters of {@code
 * sql/subscriber/change.sql}: the fields of the patch are changed, null restores a default (RFC
 * 7396).
 */
@Component("mergeSubscriber")
class MergeSubscriber implements Processor {

  private static final Set<String> KNOWN = known();

  private final ObjectMapper json;
  private final Feasibility feasibility;
  private final SubscriberTable table;
  private final SubscriberSecrets secrets;
  private final NewHeaders headers;

  MergeSubscriber(
      @Qualifier("exactJson") ObjectMapper json,
      Feasibility feasibility,
      SubscriberTable table,
      SubscriberSecrets secrets,
      NewHeaders headers) {
    this.json = json;
    this.feasibility = feasibility;
    this.table = table;
    this.secrets = secrets;
    this.headers = headers;
  }

  @Override
  public void process(Exchange exchange) throws JsonProcessingException {
    BodyFields patch =
        BodyFields.of(exchange.getVariable(RouteVariables.PATCH, byte[].class), json);
    refuseOthers(patch);
    Operator operator = Operator.orUnnamed(patch);
    SubscriberRow row = SubscriberRow.of(exchange).requireOwnedByApi();
    ObjectNode object = (ObjectNode) json.readTree(row.text("line"));
    Definition before = DefinitionJson.read(new BodyFields(object.retain(DefinitionJson.FIELDS)));
    object.setAll(patch.object().deepCopy().retain(DefinitionJson.FIELDS));
    try {
      Definition wanted = DefinitionJson.read(new BodyFields(object));
      requireSameKind(before, wanted, row);
      Definition after = feasibility.check(wanted);
      requireSuitableSecrets(before, after, row);
      ObjectNode columns = DefinitionJson.columns(after);
      ObjectNode facts = AuditFacts.of(after, operator);
      ArrayNode changed = facts.putArray("fields");
      DefinitionJson.columns(before).properties().stream()
          .filter(old -> !old.getValue().equals(columns.get(old.getKey())))
          .forEach(old -> changed.add(old.getKey()));
      String ownHeaders =
          headers
              .merge(row.number("id"), HeaderList.read(row.text("headers")), patch, after.kind())
              .write();
      if (patch.object().has(NewHeaders.HEADERS) || patch.object().has(NewHeaders.BASIC)) {
        changed.add(NewHeaders.HEADERS);
      }
      exchange
          .getMessage()
          .setBody(
              Map.of(
                  "id",
                  row.number("id"),
                  "seen",
                  row.text("updated_at"),
                  "columns",
                  columns.toString(),
                  "headers",
                  ownHeaders,
                  "facts",
                  facts.toString()));
    } catch (WrongDefinition e) {
      throw e.refusal();
    }
  }

  private static void refuseOthers(BodyFields patch) {
    if (patch.object().has("secret")) {
      throw new Refusal(
          400,
          "invalid_secret",
          "secret can only be changed with POST /bridge/subscribers/{id}/rotate-secret");
    }
    patch.refuseOthers(KNOWN);
  }

  /** What is queued already is for this kind. */
  private static void requireSameKind(Definition before, Definition after, SubscriberRow row) {
    if (before.kind() != after.kind()) {
      throw new WrongDefinition(
          "kind", "must stay " + row.text("kind") + "; create another subscriber instead");
    }
    // Deliveries that wait, or events behind the position, are for the mode that it has.
    if (after.kind() == Kind.KAFKA && before.modeOrDefault() != after.modeOrDefault()) {
      throw new WrongDefinition(
          "mode",
          "must stay "
              + before.modeOrDefault().name().toLowerCase(Locale.ROOT)
              + "; create another subscriber instead");
    }
  }

  /** Another scheme must be able to use the existing secrets. */
  private void requireSuitableSecrets(Definition before, Definition after, SubscriberRow row) {
    if (before.signature() != after.signature()) {
      Subscriber subscriber = table.find(row.number("id"));
      if (subscriber != null
          && !SecretText.suit(secrets.live(subscriber), after.signatureOrDefault())) {
        throw new WrongDefinition(
            "signature",
            "must stay as it is until the secret is rotated to "
                + SecretText.expected(after.signatureOrDefault()));
      }
    }
  }

  private static Set<String> known() {
    Set<String> known = new HashSet<>(DefinitionJson.FIELDS);
    known.addAll(List.of(NewHeaders.HEADERS, NewHeaders.BASIC, "who", "why"));
    return Set.copyOf(known);
  }
}
