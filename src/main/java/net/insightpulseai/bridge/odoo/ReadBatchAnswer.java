package net.insightpulseai.bridge.odoo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.RowBatch;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Replaces the answer by one {@link ToOne} for each row that was sent. If there is no answer, the
 * route has lost its HTTP step: there is nothing to split, and no row has an outcome. An answer
 * without results is a {@link BatchFailed}.
 */
@Component("readBatchAnswer")
class ReadBatchAnswer implements Processor {

  private final ObjectMapper json;

  ReadBatchAnswer(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
  }

  /**
   * The answer to one row.
   *
   * @param answer as if the row had been sent alone; null if it is unknown
   */
  record ToOne(ClaimedRow row, @Nullable Answer answer) {}

  @Override
  public void process(Exchange exchange) {
    List<ClaimedRow> rows = RowBatch.of(exchange).rows();
    Answer whole = Answer.of(exchange, BatchAnswer.KEPT_BYTES);
    exchange.getMessage().removeHeaders("*");
    if (whole == null) {
      exchange.getMessage().setBody(List.of());
      return;
    }
    BatchAnswer read = BatchAnswer.read(whole, json);
    if (read == null) {
      throw new BatchFailed(whole);
    }
    exchange.getMessage().setBody(rows.stream().map(row -> new ToOne(row, read.to(row))).toList());
  }
}
