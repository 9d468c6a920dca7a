package net.insightpulseai.bridge.incident;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.outbox.Instance;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts together what the database shows and what this instance knows, to be recorded. */
@Component("judgeConditions")
class JudgeConditions implements Processor {

  /** A condition that comes and goes is one as long as its gaps are shorter than three looks. */
  private static final int LOOKS = 3;

  private final StoredConditions stored;
  private final OwnConditions own;
  private final IncidentSettings settings;
  private final Instance instance;

  JudgeConditions(
      StoredConditions stored, OwnConditions own, IncidentSettings settings, Instance instance) {
    this.stored = stored;
    this.own = own;
    this.settings = settings;
    this.instance = instance;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    List<?> rows = exchange.getMessage().getMandatoryBody(List.class);
    exchange
        .getMessage()
        .setBody(
            Map.of(
                "observed", json(together(stored.of(rows), own.now())).toString(),
                "instance", instance.name(),
                "console", settings.pages(),
                "close_after_s", settings.closeAfter().toSeconds(),
                "quiet_s", settings.every().multipliedBy(LOOKS).toSeconds()));
  }

  /** Each kind and subject once. Rows of a target that does not work are late for that reason. */
  private static Iterable<Condition> together(List<Condition> stored, List<Condition> own) {
    Map<String, Condition> all = new LinkedHashMap<>();
    own.forEach(one -> all.putIfAbsent(one.kind() + " " + one.subject(), one));
    for (Condition one : stored) {
      boolean explained = all.containsKey(IncidentKind.CIRCUIT_OPEN + " " + one.subject());
      if (one.kind() != IncidentKind.ROWS_LATE || !explained) {
        all.putIfAbsent(one.kind() + " " + one.subject(), one);
      }
    }
    return all.values();
  }

  private ArrayNode json(Iterable<Condition> conditions) {
    ArrayNode observed = JsonNodeFactory.instance.arrayNode();
    for (Condition one : conditions) {
      observed
          .addObject()
          .put("kind", one.kind().word())
          .put("subject", one.subject())
          .put("name", one.name())
          .put("found", one.found())
          .put("remedy", one.remedy())
          .put("page", one.page())
          .put("since", one.since().toString())
          .put(
              "open_after_s",
              (one.meant() ? settings.pausedAfter() : settings.openAfter()).toSeconds());
    }
    return observed;
  }
}
