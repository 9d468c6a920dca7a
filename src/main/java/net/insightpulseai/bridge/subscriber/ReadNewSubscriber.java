package net.insightpulseai.bridge.subscriber;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.cursor.Position;
import net.insightpulseai.bridge.cursor.StartPosition;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.subscriber.Subscriber.Kind;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * A subscriber's definition becomes the parameters of {@code sql/subscriber/create.sql}; a secret
 * that was generated for it becomes the variable {@code shownSecret}.
 */
@Component("readNewSubscriber")
class ReadNewSubscriber implements Processor {

  private static final Set<String> KNOWN = known();
  private static final int LONGEST_SECRET = 500;

  private final ObjectMapper json;
  private final Feasibility feasibility;
  private final SubscriberTable table;
  private final NewSecrets secrets;
  private final NewHeaders headers;
  private final StartPosition starts;

  ReadNewSubscriber(
      @Qualifier("exactJson") ObjectMapper json,
      Feasibility feasibility,
      SubscriberTable table,
      NewSecrets secrets,
      NewHeaders headers,
      StartPosition starts) {
    this.json = json;
    this.feasibility = feasibility;
    this.table = table;
    this.secrets = secrets;
    this.headers = headers;
    this.starts = starts;
  }

  @Override
  public void process(Exchange exchange) {
    BodyFields fields = BodyFields.of(exchange.getMessage().getBody(byte[].class), json);
    fields.refuseOthers(KNOWN);
    Operator operator = Operator.orUnnamed(fields);
    try {
      Definition wanted = feasibility.check(DefinitionJson.read(fields));
      // Drawn first: what is sealed is bound to it.
      long id = table.nextId();
      exchange
          .getMessage()
          .setBody(
              Map.of(
                  "id",
                  id,
                  "columns",
                  DefinitionJson.columns(wanted).toString(),
                  "secrets",
                  secrets(exchange, id, fields, wanted).write(),
                  "headers",
                  headers.merge(id, HeaderList.none(), fields, wanted.kind()).write(),
                  "start",
                  start(fields.value("start"), wanted),
                  "facts",
                  AuditFacts.of(wanted, operator).toString()));
    } catch (WrongDefinition e) {
      throw e.refusal();
    }
  }

  /** Where it begins to read, as JSON; the trigger of the table knows only now. */
  private String start(@Nullable JsonNode said, Definition wanted) {
    if (said == null) {
      return "null";
    }
    if (!wanted.readsByItself()) {
      throw new WrongDefinition(
          "start", "must be left out: only a pull subscriber and a stream to kafka have one");
    }
    Position position = starts.of(said);
    if (position == null) {
      throw new WrongDefinition("start", "must be " + StartPosition.EXPECTED);
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("restores", position.restores())
        .put("xact", String.valueOf(position.xact()))
        .put("id", position.id())
        .toString();
  }

  private SecretList secrets(Exchange exchange, long id, BodyFields fields, Definition wanted) {
    String given = fields.text("secret", LONGEST_SECRET);
    Kind kind = Objects.requireNonNull(wanted.kind());
    if (kind.hasSecret()) {
      NewSecrets.Made made = secrets.make(id, given, wanted);
      exchange.setVariable(RouteVariables.SHOWN_SECRET, made.shown());
      return new SecretList(List.of(made.entry()));
    }
    if (given != null) {
      throw new WrongDefinition(
          "secret", "must be left out: only a webhook and a pull subscriber have one");
    }
    return new SecretList(List.of());
  }

  private static Set<String> known() {
    Set<String> known = new HashSet<>(DefinitionJson.FIELDS);
    known.addAll(List.of("secret", "start", NewHeaders.HEADERS, NewHeaders.BASIC, "who", "why"));
    return Set.copyOf(known);
  }
}
