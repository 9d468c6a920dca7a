package net.insightpulseai.bridge.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import net.insightpulseai.bridge.http.RefusalListener;
import org.springframework.stereotype.Component;

/**
 * Counts what ingest refuses before its writers see it, such as a request with a wrong signature.
 */
@Component
class CountRefused implements RefusalListener {

  private static final List<String> ADDRESSES =
      List.of("/functions/v1/odoo_event_ingest", "/bridge/event", "/bridge/replay");

  private final Counter refused;

  CountRefused(MeterRegistry registry) {
    this.refused = IngestMetrics.refused(registry);
  }

  @Override
  public void refused(String endpoint) {
    String address = endpoint.replaceFirst("^platform-http:/*", "/").replaceFirst("[?].*", "");
    if (ADDRESSES.contains(address)) {
      refused.increment();
    }
  }
}
