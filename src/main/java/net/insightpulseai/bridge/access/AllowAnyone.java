package net.insightpulseai.bridge.access;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Stands where the guard would in a route that is public on purpose. */
@Component("allowAnyone")
class AllowAnyone implements Processor {

  @Override
  public void process(Exchange exchange) {
    // It says in the route, and in its diagram, that nothing is checked.
  }
}
