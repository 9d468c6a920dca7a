package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.ingest.ExactJson;
import org.junit.jupiter.api.Test;

/** The thin form is the same whether the database makes it or we do. */
class ThinMessageTest {

  private final ObjectMapper json = ExactJson.mapper();

  @Test
  void itIsWhatTheDatabaseMakes() throws Exception {
    try (TestDatabase database = TestDatabase.fresh()) {
      database
          .jdbc()
          .update(
              "insert into public.audit_event (source, event_type, resource_id, payload, meta, hop) values"
                  + " ('odoo', 'res.partner.updated', '42', '{\"name\": \"Zoë\"}', '{\"company_id\": 3}', 1),"
                  + " ('supabase', 'x', null, '{}', '{\"origin\": {\"source\": \"odoo\"}}', 2)");

      for (Map<String, Object> row :
          database
              .jdbc()
              .queryForList(
                  "select bridge.event_message(e)::text as whole, bridge.thin_message(e)::text as thin"
                      + " from public.audit_event e")) {
        String thin = new ThinMessage(json).of(String.valueOf(row.get("whole")));
        assertThat(json.readTree(thin)).isEqualTo(json.readTree(String.valueOf(row.get("thin"))));
        assertThat(thin).doesNotContain("Zoë", "company_id", "payload");
      }
    }
  }
}
