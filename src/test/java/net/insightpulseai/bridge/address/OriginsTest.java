package net.insightpulseai.bridge.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://crm.example.com/hooks/odoo?token=secret | https://crm.example.com",
        "https://crm.example.com:8443?token=secret       | https://crm.example.com:8443",
        "HTTPS://user:secret@crm.example.com/x           | HTTPS://crm.example.com",
        "https://user:secret@crm.example.com             | https://crm.example.com",
        "http://[::1]:8080/x#secret                      | http://[::1]:8080",
        "https://crm.example.com                         | https://crm.example.com",
        "no answer from https://a.example/secret, twice  | no answer from https://a.example twice",
        "/bridge/events?limit=1                          | /bridge/events?limit=1",
        "a path /secret is none                          | a path /secret is none"
      })
  void onlySchemeAndHostStay(String text, String shown) {
    assertThat(Origins.only(text)).isEqualTo(shown);
  }
}
