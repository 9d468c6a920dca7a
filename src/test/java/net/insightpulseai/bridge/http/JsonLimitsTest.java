package net.insightpulseai.bridge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import net.insightpulseai.bridge.ingest.ExactJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body beyond a limit is refused with the limit's name and number. */
class JsonLimitsTest {

  private final ObjectMapper json = ExactJson.mapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e1000",
        "1e131000",
        "-1e-131000",
        "1e2147483648",
        "1E+99999999999999999999",
        "0e2147483648",
        "1.5e-1000",
        "1e-2147483649"
      })
  void aNumberIsBoundedAsItIsWrittenOut(String number) {
    Refusal refusal = refusalOf("{\"a\":[" + number + "]}");

    assertThat(refusal.code()).isEqualTo("json_limit");
    assertThat(refusal).hasMessageContaining("1000 digits");
  }

  @Test
  void aNumberOfMoreDigitsIsRefusedByTheSameName() {
    assertThat(refusalOf("{\"a\":" + "1".repeat(1001) + "}"))
        .hasMessageContaining("1000 digits")
        .hasMessageNotContaining("UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "-1.5E+100", "1e-998", "0.1", "9007199254740993", "1.50"})
  void whatFitsIsKeptToTheDigit(String number) {
    BodyFields fields = BodyFields.of(("{\"a\":" + number + "}").getBytes(UTF_8), json);

    assertThat(fields.value("a").decimalValue()).isEqualTo(new java.math.BigDecimal(number));
  }

  @Test
  void aNameIsBounded() {
    assertThat(BodyFields.of(bytes("{\"" + "x".repeat(50_000) + "\":1}"), json).object())
        .hasSize(1);
    assertThat(refusalOf("{\"" + "x".repeat(60_000) + "\":1}"))
        .hasMessageContaining("The name of a field")
        .hasMessageContaining("50000 characters");
  }

  @Test
  void depthIsBounded() {
    assertThat(refusalOf("{\"a\":" + "[".repeat(501) + "]".repeat(501) + "}"))
        .hasMessageContaining("500 levels");
  }

  @Test
  void whatIsNoJsonIsStillNamedSo() {
    assertThat(refusalOf("{\"a\":").code()).isEqualTo("invalid_json");
    assertThat(refusalOf("{\"a\":1e}").code()).isEqualTo("invalid_json");
  }

  private Refusal refusalOf(String body) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> BodyFields.of(bytes(body), json));
    assertThat(refusal.status()).isEqualTo(400);
    return refusal;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
