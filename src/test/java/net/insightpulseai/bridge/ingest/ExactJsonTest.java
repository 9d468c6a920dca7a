package net.insightpulseai.bridge.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ExactJsonTest {

  private final ObjectMapper json = ExactJson.mapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740993",
        "123456789012345678901234567890",
        "1.0",
        "0.10",
        "-0.1234567890123456789012345678901234567890",
        "1.50",
        "0"
      })
  void everyDigitOfANumberIsKept(String number) throws IOException {
    String document = "{\"n\":" + number + "}";
    assertThat(json.writeValueAsString(json.readTree(document.getBytes(UTF_8))))
        .isEqualTo(document);
    assertThat(json.writeValueAsString(json.readValue(document, JsonNode.class)))
        .isEqualTo(document);
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    byte[] latin1 = "{\"name\":\"Café\"}".getBytes(ISO_8859_1);
    assertRefused(latin1);
    assertRefused("{\"name\":1}".getBytes(UTF_16BE));
    byte[] overlong = {'"', (byte) 0xC0, (byte) 0x80, '"'};
    assertRefused(overlong);
    byte[] surrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
    assertRefused(surrogate);
  }

  @Test
  void aByteOrderMarkIsSkipped() throws IOException {
    assertThat(json.readTree("\uFEFF{\"a\":1}".getBytes(UTF_8)).get("a").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {}", "{}x", "{\"a\":NaN}", "{'a':1}", "{\"a\":01}", "{\"a\":1,}"})
  void whatIsNotOneJsonDocumentIsRefused(String text) {
    assertRefused(text.getBytes(UTF_8));
  }

  @Test
  void nestingIsBounded() throws IOException {
    assertThat(json.readTree(("[".repeat(500) + "]".repeat(500)).getBytes(UTF_8))).isNotNull();
    assertRefused(("[".repeat(501) + "]".repeat(501)).getBytes(UTF_8));
  }

  @Test
  void itsBeanLeavesSpringsOwnMapperAlone() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
        .withUserConfiguration(ExactJson.class)
        .withBean(User.class)
        .run(
            context -> {
              assertThat(context)
                  .hasNotFailed()
                  .hasBean("exactJson")
                  .hasBean("jacksonObjectMapper");
              User user = context.getBean(User.class);
              assertThat(user.exact).isSameAs(context.getBean("exactJson"));
              assertThat(user.springs).isSameAs(context.getBean("jacksonObjectMapper"));
            });
  }

  private void assertRefused(byte[] bytes) {
    assertThatThrownBy(() -> json.readTree(bytes)).isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> json.readValue(new ByteArrayInputStream(bytes), JsonNode.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  record User(@Qualifier("exactJson") ObjectMapper exact, ObjectMapper springs) {}
}
