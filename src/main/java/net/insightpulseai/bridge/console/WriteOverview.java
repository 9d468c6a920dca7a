package net.insightpulseai.bridge.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Answers with the bridge at a glance. */
@Component("writeOverview")
class WriteOverview implements Processor {

  private final Overview overview;

  WriteOverview(Overview overview) {
    this.overview = overview;
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setBody(overview.now().toString().getBytes(UTF_8));
  }
}
