package net.insightpulseai.bridge.pairing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.springframework.stereotype.Component;

/** The state of the pair, as JSON for an operator. */
@Component
class PairingJson {

  private final PairingTable table;

  PairingJson(PairingTable table) {
    this.table = table;
  }

  ObjectNode of(PairingStatus status) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("ok", status.fault() == null);
    answer.put("state", status.state().word());
    answer.put("message", status.message());
    PairingRecord paired = table.read();
    if (paired != null) {
      Fingerprint now = table.fingerprint();
      answer.put("odoo_db_uuid", paired.odooDbUuid());
      answer.put("odoo_base_url", paired.odooBaseUrl());
      answer.put("database_is_the_paired_one", now.is(paired.fingerprint()));
      answer.put("copies_in_other_servers_are_noticed", now.full() != null);
      answer.put("paired_at", paired.at().toString());
      answer.put("paired_by", paired.by());
      answer.put("paired_why", paired.why());
    }
    return answer;
  }
}
