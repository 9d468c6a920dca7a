package net.insightpulseai.bridge.refusal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Adds {@code counts} to the list of refused requests. Without the database they are null, and the
 * list, which is in memory, is still shown.
 */
@Component("addRefusalCounts")
class AddRefusalCounts implements Processor {

  private final RefusalCountTable table;

  AddRefusalCounts(RefusalCountTable table) {
    this.table = table;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    ObjectNode body = exchange.getMessage().getMandatoryBody(ObjectNode.class);
    try {
      body.set("counts", table.newest());
    } catch (DataAccessException e) {
      body.putNull("counts");
    }
  }
}
