package net.insightpulseai.bridge.subscriber;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * A subscriber's row and the wanted of the body, kept as the variable {@code patch}, become the
 * parameters of {@code sql/subscriber/rotate_secret.sql}. The old secret stays beside the new one
 * for a while, so that the receiver has time to change.
 */
@Component("rotateSecret")
class RotateSecret implements Processor {

  private static final Duration DEFAULT_OVERLAP = Duration.ofHours(24);
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final int MOST_LIVE = 3;
  private static final int LONGEST_SECRET = 500;

  private final ObjectMapper json;
  private final NewSecrets secrets;
  private final Clock clock;

  RotateSecret(@Qualifier("exactJson") ObjectMapper json, NewSecrets secrets, Clock clock) {
    this.json = json;
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) throws JsonProcessingException {
    BodyFields fields =
        BodyFields.of(exchange.getVariable(RouteVariables.PATCH, byte[].class), json);
    fields.refuseOthers(Set.of("overlap", "secret", "who", "why"));
    Operator operator = Operator.orUnnamed(fields);
    Duration overlap = overlap(fields.text("overlap", 40));
    SubscriberRow row = SubscriberRow.of(exchange).requireOwnedByApi();
    Definition subscriber =
        DefinitionJson.read(new BodyFields((ObjectNode) json.readTree(row.text("line"))));
    if (!Objects.requireNonNull(subscriber.kind()).hasSecret()) {
      throw new Refusal(409, "no_secret", "Only a webhook and a pull subscriber have a secret");
    }
    try {
      NewSecrets.Made made =
          secrets.make(row.number("id"), fields.text("secret", LONGEST_SECRET), subscriber);
      SecretList rotated = rotated(SecretList.read(row.text("secrets")), made.entry(), overlap);
      exchange.setVariable(RouteVariables.SHOWN_SECRET, made.shown());
      ObjectNode facts = AuditFacts.of(subscriber, operator).put("overlap", overlap.toString());
      exchange
          .getMessage()
          .setBody(
              Map.of(
                  "id",
                  row.number("id"),
                  "seen",
                  row.text("updated_at"),
                  "secrets",
                  rotated.write(),
                  "facts",
                  facts.toString()));
    } catch (WrongDefinition e) {
      throw e.refusal();
    }
  }

  private SecretList rotated(SecretList before, SecretList.Entry newest, Duration overlap) {
    Instant now = clock.instant();
    SecretList rotated = before.rotated(newest, overlap, now);
    if (rotated.entries().size() > MOST_LIVE) {
      throw new Refusal(
          409,
          "too_many_secrets",
          "Three secrets are valid, and the oldest expires at "
              + rotated.entries().get(rotated.entries().size() - 1).until()
              + "; wait until then, or end all old ones at once with \"overlap\":\"PT0S\"");
    }
    return rotated;
  }

  private static Duration overlap(@Nullable String text) {
    try {
      Duration overlap = text == null ? DEFAULT_OVERLAP : Duration.parse(text);
      if (!overlap.isNegative() && overlap.compareTo(LONGEST) <= 0) {
        return overlap;
      }
    } catch (DateTimeException e) {
      // refused below
    }
    throw BodyFields.bad("overlap", "a duration from PT0S to P7D, such as PT24H");
  }
}
