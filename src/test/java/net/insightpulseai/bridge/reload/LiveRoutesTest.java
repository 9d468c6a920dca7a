package net.insightpulseai.bridge.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.EditedRoutes;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The bridge with routes in a folder that tests edit while it runs. */
abstract class LiveRoutesTest extends BridgeTest {

  static final Path FOLDER = EditedRoutes.folder("live");

  private static final String PATTERN = EditedRoutes.and("live", "custom/hello", hello("one"));

  @Autowired private RouteReload reload;

  @DynamicPropertySource
  static void editedRoutes(DynamicPropertyRegistry registry) {
    registry.add("camel.main.routes-include-pattern", () -> PATTERN);
  }

  /** A route of an operator's own, that answers with one word. */
  static String hello(String word) {
    return """
        - route:
            id: hello
            description: Answers with one word
            group: lookup
            routeConfigurationId: http-errors
            from:
              uri: platform-http:/custom/hello
              parameters:
                httpMethodRestrict: GET
              steps:
                - process:
                    ref: allowAnyone
                - removeHeaders:
                    pattern: "*"
                - to:
                    uri: direct:word
        - route:
            id: word
            description: Knows the word
            group: lookup
            routeConfigurationId: caller-errors
            from:
              uri: direct:word
              steps:
                - setBody:
                    expression:
                      constant:
                        expression: %s
        """
        .formatted(word);
  }

  @AfterEach
  final void asShipped() {
    EditedRoutes.and("live", "custom/hello", hello("one"));
    assertThat(reload.reload("the test")).isEqualTo(ReloadResult.APPLIED);
  }

  final RouteReload reload() {
    return reload;
  }

  static Path file(String name) {
    return FOLDER.resolve(name + ".camel.yaml");
  }

  static void write(String name, String text) {
    try {
      Files.createDirectories(file(name).getParent());
      Files.writeString(file(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void edit(String name, UnaryOperator<String> change) {
    try {
      write(name, change.apply(Files.readString(file(name))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
