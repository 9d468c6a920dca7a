package net.insightpulseai.bridge.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every operation of the served description, called by someone who has no right to. */
class EveryOperationNeedsAKeyTest extends BridgeTest {

  private static final Map<String, String> OPEN_TO_ANYONE =
      Map.of(
          "get /health", "load balancers have no key, and it says no more than up or down",
          "get /bridge/openapi.yaml", "it describes the addresses and holds no data",
          "get /bridge/openapi.d.ts", "the same for programs",
          "get /bridge/docs", "the same for readers");

  private OpenApi api;

  @BeforeEach
  void read() {
    api = new OpenApi(get("/bridge/openapi.yaml").body());
  }

  @Test
  void withoutAKeyEveryOperationAnswers401() {
    assertThat(refused()).hasSizeGreaterThan(30);
  }

  @Test
  void withAWrongKeyEveryOperationAnswers401() {
    assertThat(refused("apikey", "wrong")).hasSizeGreaterThan(30);
  }

  @Test
  void withAWrongSignatureEveryOperationAnswers401() {
    assertThat(refused("x-signature", sign("another body"))).hasSizeGreaterThan(30);
  }

  @Test
  void whatIsOpenToAnyoneIsDescribedAsOpenAndAnswers() {
    assertThat(open()).isEqualTo(OPEN_TO_ANYONE.keySet());
    for (String operation : OPEN_TO_ANYONE.keySet()) {
      String[] words = operation.split(" ");
      assertThat(call(words[0].toUpperCase(Locale.ROOT), words[1], new byte[0]).statusCode())
          .as(operation)
          .isEqualTo(200);
    }
  }

  /** Calls all that are not open to anyone; each must refuse, and as the description has it. */
  private Set<String> refused(String... headers) {
    Set<String> refused = new TreeSet<>();
    for (String path : api.paths()) {
      for (String method : api.methods(path)) {
        String operation = method + " " + path;
        if (!OPEN_TO_ANYONE.containsKey(operation)) {
          HttpResponse<String> response = call(method, path, headers);
          assertThat(response.statusCode()).as(operation).isEqualTo(401);
          api.accepts(method, path, response);
          refused.add(operation);
        }
      }
    }
    return refused;
  }

  private HttpResponse<String> call(String method, String path, String... headers) {
    byte[] body = (method.equals("get") ? "" : "{}").getBytes(UTF_8);
    return call(method.toUpperCase(Locale.ROOT), OpenApi.concrete(path), body, headers);
  }

  private Set<String> open() {
    Set<String> open = new TreeSet<>();
    api.paths()
        .forEach(
            path ->
                api.methods(path).stream()
                    .filter(method -> api.isOpen(method, path))
                    .forEach(method -> open.add(method + " " + path)));
    return open;
  }
}
