package net.insightpulseai.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;

/** The bridge in a process of its own, killed when Odoo has answered. */
class KilledBridgeTest extends EndToEndTest {

  @Test
  void killedBetweenOdoosAnswerAndTheAckItAsksAgainAndOdooHasAppliedOnce() {
    String name = unique();
    AtomicReference<BridgeProcess> bridge = new AtomicReference<>();
    try (TestDatabase database = TestDatabase.fresh();
        Relay relay = new Relay(InetAddress.getLoopbackAddress(), 0)) {
      relay.target(real().url());
      relay.answers(
          request -> {
            if (request.text().contains(name)) {
              bridge.get().kill();
            }
            return true;
          });
      database
          .jdbc()
          .update(
              "insert into public.odoo_action_outbox (action, args) values ('res.partner.create', ?::jsonb)",
              text(contact(name)));
      bridge.set(lines().bridge(database, relay));
      try {
        waiting().until(() -> !bridge.get().isAlive());
        assertThat(status(database)).isEqualTo("sent");
        assertThat(contacts(name)).isEqualTo(1);
        relay.answers(request -> true);
        bridge.set(lines().bridge(database, relay));
        waiting().until(() -> status(database).equals("applied"));
      } finally {
        bridge.get().kill();
      }
      List<RelayedRequest> calls =
          relay.requests().stream().filter(request -> request.text().contains(name)).toList();
      assertThat(calls).hasSize(2);
      assertThat(calls).extracting(call -> key(call)).containsOnly(key(calls.get(0)));
      assertThat(contacts(name)).isEqualTo(1);
    }
  }

  /** Of the only action, alone or in a batch of one. */
  private static String key(RelayedRequest call) {
    return parse(call.text()).findValue("idempotency_key").asText();
  }

  private static String status(TestDatabase database) {
    return database
        .jdbc()
        .queryForObject("select status from public.odoo_action_outbox", String.class);
  }
}
