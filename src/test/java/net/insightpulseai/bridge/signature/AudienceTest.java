package net.insightpulseai.bridge.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.insightpulseai.bridge.http.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudienceTest {

  private final ObjectMapper json = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"audience\":null}", "{\"audience\":\"bridge.ingest\"}", "[]"})
  void bodyForThisEndpointOrForAnyPasses(String body) {
    assertThatCode(() -> Audience.require(read(body), Audience.INGEST)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"odoo.apply\"", "\"\"", "5", "[\"bridge.ingest\"]"})
  void audienceOfAnotherEndpointIsRefused(String audience) {
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class,
            () -> Audience.require(read("{\"audience\":" + audience + "}"), Audience.INGEST));
    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.code()).isEqualTo("wrong_audience");
  }

  @Test
  void refusalSaysWhichAudienceIsExpected() {
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class, () -> Audience.require(read("{\"audience\":\"x\"}"), Audience.INGEST));
    assertThat(refusal).hasMessageContaining("bridge.ingest");
  }

  private JsonNode read(String text) {
    try {
      return json.readTree(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
