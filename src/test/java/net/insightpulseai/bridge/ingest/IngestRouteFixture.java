package net.insightpulseai.bridge.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;

/** The running bridge, its ingest address, and what it stored. */
abstract class IngestRouteFixture extends BridgeTest {

  static final String INGEST = "/functions/v1/odoo_event_ingest";

  private final ObjectMapper json = ExactJson.mapper();

  JsonNode read(HttpResponse<String> response) {
    try {
      return json.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }

  List<String> payloads() {
    return jdbc().queryForList("select payload::text from public.audit_event", String.class);
  }
}
