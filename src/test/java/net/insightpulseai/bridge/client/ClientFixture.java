package net.insightpulseai.bridge.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;

/** Runs commands against the running bridge, with its settings. */
abstract class ClientFixture extends BridgeTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  int run(String command, String... arguments) {
    return runAnswering("", command, arguments);
  }

  /** The same, with somebody who answers what it asks. */
  int runAnswering(String answer, String command, String... arguments) {
    out.reset();
    errors.reset();
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    for (String setting :
        new String[] {
          "--BRIDGE_URL=" + url("/"),
          // Commands are silent, but other tests of this JVM still want their log.
          "--logging.level.root=info",
          "--bridge.signature.inbound-secrets=" + SECRET,
          "--bridge.supabase.service-role-key=" + SERVICE_KEY
        }) {
      String key = setting.substring(0, setting.indexOf('=') + 1);
      if (all.stream().noneMatch(one -> one.startsWith(key))) {
        all.add(setting);
      }
    }
    return ClientCommands.run(
        command,
        all,
        new PrintStream(out, true, UTF_8),
        new PrintStream(errors, true, UTF_8),
        new ByteArrayInputStream(answer.getBytes(UTF_8)));
  }

  String out() {
    return out.toString(UTF_8);
  }

  String errors() {
    return errors.toString(UTF_8);
  }

  /** Events of the type a.b, about the records 1 to this many. */
  void events(int count) {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id, payload, created_at)"
                + " select 'odoo', 'a.b', n::text, '{\"amount\": 12345678901234567890.10}', '2026-01-31T12:00:00Z'"
                + " from generate_series(1, ?) n",
            count);
  }
}
