package net.insightpulseai.bridge.kafka;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Commits the offset behind the record: the last step, once the database has committed what came of
 * it. If that fails, as after a rebalance, the record comes again and is recognized.
 */
@Component("commitKafkaOffset")
class CommitOffset implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(CommitOffset.class);

  @Override
  public void process(Exchange exchange) {
    KafkaRecord record = KafkaRecord.of(exchange);
    try {
      record.commit().commit();
    } catch (KafkaException e) {
      LOG.warn("{} is not committed and comes again: {}", record, BrokerFailure.text(e));
    }
  }
}
