package net.insightpulseai.bridge;

import java.time.Clock;
import net.insightpulseai.bridge.command.CommandLine;
import net.insightpulseai.bridge.start.ShutdownLimit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the bridge, or runs the command that the first argument names. */
@SpringBootApplication(
    exclude = {
      // The public port serves routes and has no servlets; the management port brings its own.
      ErrorMvcAutoConfiguration.class,
      WebMvcAutoConfiguration.class
    })
@ConfigurationPropertiesScan
public class BridgeApplication {

  public static void main(String[] args) {
    if (CommandLine.isCommand(args)) {
      System.exit(CommandLine.run(System.out, System.err, args));
    }
    SpringApplication application = new SpringApplication(BridgeApplication.class);
    application.addListeners(new ShutdownLimit());
    application.run(args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
