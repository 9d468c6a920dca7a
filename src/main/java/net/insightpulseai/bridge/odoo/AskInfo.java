package net.insightpulseai.bridge.odoo;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes the request for {@code /api/agent/info}: without a body there is nothing to sign. */
@Component("askInfo")
class AskInfo implements Processor {

  private final OdooSettings settings;

  AskInfo(OdooSettings settings) {
    this.settings = settings;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setBody(null);
    message.setHeader("User-Agent", "odoo-supabase-bridge");
    message.setHeader("x-api-key", settings.apiToken());
    if (!settings.database().isEmpty()) {
      message.setHeader("X-Odoo-Database", settings.database());
    }
  }
}
