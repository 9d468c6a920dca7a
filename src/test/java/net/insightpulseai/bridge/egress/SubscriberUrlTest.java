package net.insightpulseai.bridge.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in a subscriber's url. */
class SubscriberUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://hooks.example.com/odoo?a=1&b=%20c, https://hooks.example.com/odoo?a=1&b=%20c",
    "http://n8n:5678/webhook/x, http://n8n:5678/webhook/x",
    "HTTPS://Hooks.Example.com, HTTPS://Hooks.Example.com",
    "https://93.184.216.34/, https://93.184.216.34/",
    "https://[2606:4700::1]:8443/x, https://[2606:4700::1]:8443/x",
    "https://h.example?x=1, https://h.example?x=1",
    "https://bücher.example/, https://xn--bcher-kva.example/",
    "https://xn--bcher-kva.example/, https://xn--bcher-kva.example/",
    "' https://h.example/ ', https://h.example/",
    "http://my_app:8080, http://my_app:8080",
    "http://_a.b_c-d_/x, http://_a.b_c-d_/x",
    "https://h.example/~a?f[b]=~c, https://h.example/~a?f[b]=~c",
    "https://h.example/käse?q=é, https://h.example/k%C3%A4se?q=%C3%A9",
    "https://h.example:65535/, https://h.example:65535/"
  })
  void aUsualAddressIsTakenInAscii(String text, String uri) {
    assertThat(SubscriberUrl.of(text)).hasToString(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hooks.example.com",
        "//hooks.example.com/",
        "ftp://hooks.example.com/",
        "file:///etc/passwd",
        "gopher://h.example/",
        "jar:http://h.example!/",
        "https:hooks.example.com",
        "https:/hooks.example.com"
      })
  void onlyHttpAndHttpsAreTaken(String text) {
    assertWrong(text, "https:// or http://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:secret@h.example/",
        "https://secret@h.example/",
        "https://@h.example/"
      })
  void aUserOrPasswordIsRefused(String text) {
    assertWrong(text, "user or password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://h.example/#a", "https://h.example#@127.0.0.1/"})
  void aFragmentIsRefused(String text) {
    assertWrong(text, "fragment");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h.example/{{bridge.signature.secret}}",
        "https://h.example/?x={{env:PATH}}",
        "https://{{host}}/",
        "https://h.example/{x",
        "https://h.example/x}",
        "https://h.example/%7b%7Bx%7d%7D",
        "https://h.example/?x=%257B"
      })
  void braceIsRefusedPlainAndEncoded(String text) {
    assertWrong(text, "a brace");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h.example/ x",
        "https://h.example/\r\nX-Evil: 1",
        "https://h.example/\nx",
        "https://h.example/\tx",
        "https://h.example/\u0000",
        "https://h.example\\@127.0.0.1/",
        "https://h.exa\u200bmple/",
        "https://h.example/\u2028x",
        "https://h.example/\u00a0",
        "https://h.example/\ud800"
      })
  void spaceLineBreakAndWhatIsInvisibleAreRefused(String text) {
    assertWrong(text, "a space, a line break");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h.example/%0d%0aX-Evil:1",
        "https://h.example/?x=%0A",
        "https://h.example/%00",
        "https://h.example/%250d%250a",
        "https://h.example/%7f"
      })
  void anEncodedLineBreakIsRefused(String text) {
    assertWrong(text, "an encoded control character");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://127.0.0.01/",
        "http://256.0.0.1/",
        "http://1.2.3.4.5/",
        "http://127.0x0.0.1/",
        "http://foo.0x7f/",
        "http://foo.1/"
      })
  void aHostThatIsANumberInAnUnusualFormIsRefused(String text) {
    assertWrong(text, "a number in an unusual notation");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1./",
        "http://h.example./",
        "http://-h.example/",
        "http://h..example/",
        "http://.example/",
        "http://h.example%2eevil/",
        "http://%31%32%37.0.0.1/",
        "http://h.example;x/",
        "http://h.example,127.0.0.1/",
        "http://-my_app/",
        "http://my_app-/"
      })
  void aHostThatIsNoNameIsRefused(String text) {
    assertWrong(text, "host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http:///x", "http://:80/", "https://?x", "https://"})
  void aHostIsNeeded(String text) {
    assertWrong(text, "no host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://[h]/",
        "http://[]/",
        "http://[:::]/"
      })
  void bracketsHoldAnIpv6AddressWithoutZone(String text) {
    assertWrong(text, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h.example:0/",
        "http://h.example:65536/",
        "http://h.example:/",
        "http://h.example:080/",
        "http://h.example:+80/",
        "http://h.example:80:90/",
        "http://h.example:x/",
        "http://[::1]x/",
        "http://h.example:99999999999/"
      })
  void aPortIsFrom1To65535(String text) {
    assertWrong(text, "a port from 1 to 65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://straße.example/", "https://βόλος.example/"})
  void aHostThatIsAnotherOneByOtherRulesIsRefused(String text) {
    assertWrong(text, "begins with xn--");
  }

  @Test
  void widerDigitsAndDotsAreTheUsualOnes() {
    // The guard sees this address as the loopback address that it is.
    assertThat(SubscriberUrl.of("http://１２７。０。０。１/")).hasToString("http://127.0.0.1/");
  }

  @Test
  void twoThousandCharactersAreTheMost() {
    String longest = "https://h.example/" + "x".repeat(1982);

    assertThat(SubscriberUrl.of(longest)).hasToString(longest);
    assertWrong(longest + "x", "2001 characters");
    assertWrong("", "0 characters");
  }

  @Test
  void aCharacterThatNoUrlHasIsRefusedByItsPlace() {
    assertWrong("https://h.example/a|b", "near position");
    assertWrong("https://h.example/%zz", "near position");
  }

  private static void assertWrong(String text, String part) {
    assertThatThrownBy(() -> SubscriberUrl.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("url: found ")
        .hasMessageContaining(part)
        .hasMessageContaining(", expected ")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("evil");
  }
}
