package net.insightpulseai.bridge.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.insightpulseai.bridge.config.StartRefused;
import org.jspecify.annotations.Nullable;

/** The commands that call a running bridge, by name. */
public final class ClientCommands {

  private static final List<ClientCommand> ALL =
      Stream.<List<? extends ClientCommand>>of(
              Listing.ALL.stream().map(ListRows::new).toList(),
              Act.ALL,
              List.of(
                  new ShowStatus(),
                  new Follow(),
                  new ShowTrace(),
                  new Replay(),
                  new ManageRoutes(),
                  new SignFile(),
                  new SendTestEvent(),
                  new SendPing()))
          .<ClientCommand>flatMap(List::stream)
          .toList();

  private ClientCommands() {}

  /** Each command's purpose by its name, in the order of the usage text. */
  public static Map<String, String> purposes() {
    Map<String, String> purposes = new LinkedHashMap<>();
    ALL.forEach(command -> purposes.put(command.name(), command.purpose()));
    return purposes;
  }

  /**
   * Runs a command.
   *
   * @param arguments what follows its name; settings of the bridge among them are applied
   * @param out where results go
   * @param errors where everything else goes
   * @param in answers to questions
   * @return the exit code: 0 for success, 1 for a failure, 2 for wrong arguments
   */
  public static int run(
      String name, List<String> arguments, PrintStream out, PrintStream errors, InputStream in) {
    ClientCommand command = named(name);
    if (command == null) {
      throw new IllegalArgumentException(name);
    }
    List<String> own = new ArrayList<>(arguments);
    if (own.contains("--help") || own.contains("-h")) {
      out.println(usage(command));
      return 0;
    }
    List<String> settings = own.stream().filter(Arguments::isSetting).toList();
    own.removeAll(settings);
    try {
      Arguments read = Arguments.of(own, command.options());
      Console console =
          new Console(
              out,
              errors,
              new BufferedReader(new InputStreamReader(in, UTF_8)),
              Terminal.width(),
              Clock.systemUTC());
      return command.run(read, new BridgeClient(ClientSettings.read(settings)), console);
    } catch (WrongArguments e) {
      errors.println(name + ": " + e.getMessage());
      errors.println("See " + name + " --help.");
      return 2;
    } catch (CallFailed e) {
      errors.println(name + ": " + e.getMessage());
      return 1;
    } catch (RuntimeException e) {
      errors.println(name + ": " + refusal(e));
      return 1;
    }
  }

  /** A setting that cannot be used is the cause of what Spring throws. */
  private static @Nullable String refusal(RuntimeException e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof StartRefused)) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static @Nullable ClientCommand named(String name) {
    return ALL.stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
  }

  private static String usage(ClientCommand command) {
    List<String> lines = new ArrayList<>();
    lines.add("Usage: java -jar odoo-supabase-bridge.jar %s [options]".formatted(command.usage()));
    lines.add("");
    lines.add("It " + command.purpose() + ".");
    lines.add("");
    int widest = command.options().stream().mapToInt(one -> one.written().length()).max().orElse(0);
    for (Option option : command.options()) {
      lines.add("  %s  %s".formatted(Cell.fit(option.written(), widest, false), option.purpose()));
    }
    lines.add("");
    lines.add(
        "It calls the bridge at BRIDGE_URL, by default the one on this machine, with the keys of its"
            + " settings.");
    return String.join(System.lineSeparator(), lines);
  }
}
