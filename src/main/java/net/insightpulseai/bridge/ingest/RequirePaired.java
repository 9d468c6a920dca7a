package net.insightpulseai.bridge.ingest;

import java.util.List;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.pairing.PairedOdoo;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Refuses the events of an Odoo that is not the paired one. If no event of a request is left, the
 * request is refused as a whole: the module then pauses and keeps its events until it is paired.
 */
@Component("requirePaired")
class RequirePaired implements Processor {

  private final PairedOdoo paired;

  RequirePaired(PairedOdoo paired) {
    this.paired = paired;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    EventRequest request = exchange.getMessage().getMandatoryBody(EventRequest.class);
    if (request.elements().stream().noneMatch(this::isForeign)) {
      return;
    }
    Refusal refusal =
        new Refusal(
            403,
            "not_paired",
            "This Odoo database is not the one that the bridge is paired with, so its events are not stored."
                + " If it should be, pair it: POST /bridge/pairing");
    List<ParsedEvent> elements =
        request.elements().stream()
            .map(element -> isForeign(element) ? new RejectedEvent(refusal) : element)
            .toList();
    if (elements.stream().noneMatch(Event.class::isInstance)) {
      throw refusal;
    }
    exchange.getMessage().setBody(new EventRequest(request.packed(), elements));
  }

  private boolean isForeign(ParsedEvent element) {
    return element instanceof Event event && paired.refuses(event.origin());
  }
}
