package net.insightpulseai.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import net.insightpulseai.bridge.command.CommandLine;
import net.insightpulseai.bridge.start.ShutdownLimit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.opentelemetry.OpenTelemetryAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientAutoConfiguration;
import org.springframework.boot.autoconfigure.security.oauth2.client.servlet.OAuth2ClientWebSecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the bridge, or runs the command that the first argument names. */
@SpringBootApplication(
    exclude = {
      // The public port serves routes and has no servlets; the management port brings its own.
      ErrorMvcAutoConfiguration.class,
      WebMvcAutoConfiguration.class,
      // The package tracing sets up what it needs of OpenTelemetry; these would without a
      // collector.
      OpenTelemetryAutoConfiguration.class,
      OpenTelemetryLoggingAutoConfiguration.class,
      OtlpLoggingAutoConfiguration.class,
      // So does admin.OidcLogin, of the client for OpenID Connect.
      OAuth2ClientAutoConfiguration.class,
      OAuth2ClientWebSecurityAutoConfiguration.class
    })
@ConfigurationPropertiesScan
public class BridgeApplication {

  public static void main(String[] args) {
    if (CommandLine.isCommand(args)) {
      // JSON is UTF-8 whatever the locale of the terminal is.
      PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
      PrintStream errors = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
      System.exit(CommandLine.run(out, errors, args));
    }
    SpringApplication application = new SpringApplication(BridgeApplication.class);
    application.addListeners(new ShutdownLimit());
    try {
      application.run(args);
    } catch (RuntimeException | Error e) {
      // Spring has reported it. Camel starts last: what started before it still runs, and would
      // keep the process alive, listed as an instance that works.
      System.exit(1);
    }
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
