package net.insightpulseai.bridge.admin;

import org.apache.camel.Exchange;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.spi.UnitOfWorkFactory;
import org.springframework.stereotype.Component;

/** Gives every exchange a unit of work that puts its correlation id into the log. */
@Component
class CorrelatedLogging implements UnitOfWorkFactory {

  @Override
  public UnitOfWork createUnitOfWork(Exchange exchange) {
    return new CorrelatedUnitOfWork(exchange, exchange.getContext().getInflightRepository());
  }
}
