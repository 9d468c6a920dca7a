package net.insightpulseai.bridge.command;

import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import net.insightpulseai.bridge.signature.OutboundSignature;
import org.springframework.beans.BeansException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Runs a command of the jar with the settings of the bridge, without starting the bridge. */
public final class CommandLine {

  private CommandLine() {}

  /** Whether the arguments name a command, rather than being options of the bridge itself. */
  public static boolean isCommand(String... arguments) {
    return arguments.length > 0 && !arguments[0].startsWith("-");
  }

  /**
   * Runs the command that the first argument names.
   *
   * @return the exit code: 0 for success, 1 for a failure, 2 for an unknown command
   */
  public static int run(PrintStream out, PrintStream errors, String... arguments) {
    try (ConfigurableApplicationContext settings = start(arguments)) {
      List<Command> commands = commands(settings, arguments[0]);
      for (Command command : commands) {
        if (command.name().equals(arguments[0])) {
          return command.run(Arrays.asList(arguments).subList(1, arguments.length), out);
        }
      }
      errors.println("Unknown command " + arguments[0] + ". The commands are:");
      commands.stream()
          .sorted(Comparator.comparing(Command::name))
          .forEach(known -> errors.printf("  %-12s %s%n", known.name(), known.purpose()));
      return 2;
    } catch (Exception e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      errors.println(arguments[0] + ": " + cause.getMessage());
      return 1;
    }
  }

  /** All commands but those whose settings are wrong, unless it is the one that is asked for. */
  private static List<Command> commands(ConfigurableApplicationContext settings, String wanted) {
    List<Command> found = new ArrayList<>();
    BeansException wrong = null;
    for (String name : settings.getBeanNamesForType(Command.class)) {
      try {
        found.add(settings.getBean(name, Command.class));
      } catch (BeansException e) {
        wrong = e;
      }
    }
    if (wrong != null && found.stream().noneMatch(command -> command.name().equals(wanted))) {
      throw wrong;
    }
    return found;
  }

  private static ConfigurableApplicationContext start(String[] arguments) {
    return new SpringApplicationBuilder(Context.class)
        .web(WebApplicationType.NONE)
        .logStartupInfo(false)
        // Each command needs only its own settings.
        .lazyInitialization(true)
        // A command prints its result itself, including what is wrong with a setting.
        .properties("logging.level.root=off")
        .run(arguments);
  }

  // Without a stereotype, so that the bridge's own component scan does not find it.
  @ConfigurationPropertiesScan("net.insightpulseai.bridge")
  @Import({
    RunDoctor.class,
    SendTestEvent.class,
    Migrate.class,
    OutboundSignature.class,
    SendPing.class,
    SqlPrint.class
  })
  static class Context {
    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }
  }
}
