package net.insightpulseai.bridge.realtime;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.util.ReflectionTestUtils;

/** The shipped routes between the queue and a Realtime that answers as each test describes. */
abstract class RealtimeDelivery extends BridgeTest {

  @Autowired PerEventEndpoint endpoint;
  @Autowired MeterRegistry meters;

  @BeforeEach
  void aServerThatNobodyKnows() {
    ReflectionTestUtils.setField(endpoint, "missingUntil", Instant.MIN);
  }

  void subscribe(String format) {
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, format) values ('dashboard', 'realtime', ?)",
            format);
  }

  long event(String type, String resource, String payload, String meta) {
    return jdbc()
        .queryForObject(
            "insert into public.audit_event (source, event_type, resource_id, payload, meta)"
                + " values ('odoo', ?, ?, ?::jsonb, ?::jsonb) returning id",
            Long.class,
            type,
            resource,
            payload,
            meta);
  }
}
