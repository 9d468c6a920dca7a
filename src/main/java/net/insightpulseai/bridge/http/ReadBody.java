package net.insightpulseai.bridge.http;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes the raw bytes the body, in routes where no guard has read them. */
@Component("readBody")
class ReadBody implements Processor {

  private final RawBody rawBody;

  ReadBody(RawBody rawBody) {
    this.rawBody = rawBody;
  }

  @Override
  public void process(Exchange exchange) {
    rawBody.read(exchange);
    ClientRequest.of(exchange).requireUncompressed();
  }
}
