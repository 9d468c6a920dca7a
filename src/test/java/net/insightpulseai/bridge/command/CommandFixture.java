package net.insightpulseai.bridge.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo;

/** Runs commands of the jar, with the settings of the running bridge. */
abstract class CommandFixture extends BridgeTest {

  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  /** Runs a command with the settings of this bridge; options override them. */
  int run(String command, String... options) {
    out.reset();
    errors.reset();
    List<String> arguments = new ArrayList<>(List.of(command));
    for (String setting :
        new String[] {
          "--BRIDGE_URL=" + url(""),
          // Commands are silent, but other tests of this JVM still want their log.
          "--logging.level.root=info",
          "--bridge.database.url=" + database().url(),
          "--bridge.odoo.base-url=" + odoo().url(),
          "--bridge.odoo.api-token=" + TestOdoo.TOKEN,
          "--bridge.signature.inbound-secrets=" + SECRET,
          "--bridge.signature.outbound-secret=" + SECRET,
          "--bridge.supabase.service-role-key=" + SERVICE_KEY
        }) {
      String key = setting.substring(0, setting.indexOf('=') + 1);
      if (Arrays.stream(options).noneMatch(option -> option.startsWith(key))) {
        arguments.add(setting);
      }
    }
    arguments.addAll(List.of(options));
    return CommandLine.run(
        new PrintStream(out, true, UTF_8),
        new PrintStream(errors, true, UTF_8),
        arguments.toArray(String[]::new));
  }

  String out() {
    return out.toString(UTF_8);
  }

  String errors() {
    return errors.toString(UTF_8);
  }
}
