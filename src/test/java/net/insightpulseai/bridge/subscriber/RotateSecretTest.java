package net.insightpulseai.bridge.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RotateSecretTest extends SubscriberTest {

  @Autowired private SubscriberCache cache;
  @Autowired private SubscriberSecrets secrets;

  @Test
  void theOldSecretStaysLiveForADayBesideTheNewOne() {
    String old = created("crm").path("secret").asText();
    JsonNode rotated =
        json(200, act("crm", "rotate-secret", "{\"who\":\"ada\",\"why\":\"yearly\"}"));
    String fresh = rotated.path("secret").asText();
    assertThat(fresh).startsWith("whsec_").isNotEqualTo(old);
    assertThat(live()).containsExactly(fresh, old);
    assertThat(rotated.path("secrets").get(0).path("until").isNull()).isTrue();
    Instant until =
        OffsetDateTime.parse(rotated.path("secrets").get(1).path("until").asText()).toInstant();
    assertThat(Duration.between(Instant.now(), until))
        .isBetween(Duration.ofMinutes(23 * 60 + 55), Duration.ofHours(24));
    assertThat(audit().get(1))
        .containsEntry("event_type", "bridge.subscriber.secret_rotated")
        .containsEntry("by", "ada")
        .containsEntry("why", "yearly");
    assertThat(audit().get(1).get("payload").toString()).doesNotContain("whsec_");
    jdbc()
        .update(
            "update bridge.subscriber set secrets = jsonb_set(secrets, '{1,until}', '\"2020-01-01T00:00:00Z\"')");
    assertThat(live()).containsExactly(fresh);
    assertThat(show("crm").path("secrets")).hasSize(1);
  }

  @Test
  void withoutOverlapTheOldOneEndsAtOnce() {
    created("crm");
    String fresh =
        json(200, act("crm", "rotate-secret", "{\"overlap\":\"PT0S\"}")).path("secret").asText();
    assertThat(live()).containsExactly(fresh);
  }

  @Test
  void atMostThreeAreLive() {
    created("crm");
    json(200, act("crm", "rotate-secret", "{}"));
    json(200, act("crm", "rotate-secret", ""));
    assertThat(live()).hasSize(3);
    assertRefused(act("crm", "rotate-secret", ""), 409, "too_many_secrets", "PT0S");
    json(200, act("crm", "rotate-secret", "{\"overlap\":\"PT0S\"}"));
    assertThat(live()).hasSize(1);
  }

  @Test
  void aSecretThatIsCopiedFromAnotherSubscriberIsNotUsed() {
    created("crm");
    created("b2b");
    jdbc()
        .update(
            "update bridge.subscriber a set secrets = b.secrets from bridge.subscriber b"
                + " where a.name = 'crm' and b.name = 'b2b'");
    assertThat(live()).isEmpty();
    json(200, act("crm", "rotate-secret", "{}"));
    assertThat(live()).hasSize(1);
  }

  @Test
  void aSecretOfTheFirstFormSignsUntilItIsRotated() {
    created("crm");
    jdbc()
        .update(
            "update bridge.subscriber set secrets = jsonb_set(secrets, '{0,value}', to_jsonb(?::text))",
            "AAAAEGSHMZEO8WVTNcgRoMKIOTD76WMjHkVXG8Tcl47QsfDKbrvFijeTaKqzQ00ntpdGEzHN2XXnSnNvuze6"
                + "kd3Um24lRgpUMmljwcGm3L+Cqgy8ihBmTeNLcl3zIO2nNQWeXs1Dp0pmXZkeBua/t0As9T8=");
    assertThat(live()).containsExactly("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    json(200, act("crm", "rotate-secret", "{\"overlap\":\"PT0S\"}"));
    assertThat(live()).doesNotContain("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
  }

  @Test
  void aRotationIntoAReferenceShowsNothing() {
    String old = created("crm").path("secret").asText();
    JsonNode rotated =
        json(
            200,
            act(
                "crm",
                "rotate-secret",
                "{\"secret\":\"env:BRIDGE_SUBSCRIBER_TEST\",\"overlap\":\"P7D\"}"));
    assertThat(rotated.has("secret")).isFalse();
    assertThat(live()).containsExactly(SUBSCRIBER_SECRET, old);
  }

  @Test
  void whatIsWrongIsNamed() {
    created("crm");
    for (String overlap : List.of("P8D", "-PT1H", "24", "soon")) {
      assertRefused(
          act("crm", "rotate-secret", "{\"overlap\":\"" + overlap + "\"}"),
          400,
          "invalid_overlap",
          "PT0S to P7D");
    }
    assertRefused(act("crm", "rotate-secret", "{\"secret\":\"x\"}"), 400, "invalid_secret", "env:");
    assertRefused(act("crm", "rotate-secret", "{\"length\":1}"), 400, "unknown_field", "length");
    assertRefused(act("nobody", "rotate-secret", ""), 404, "not_found", "subscriber");
    create("{\"name\":\"live\",\"kind\":\"realtime\"}");
    assertRefused(act("live", "rotate-secret", ""), 409, "no_secret", "webhook");
    assertThat(live()).hasSize(1);
  }

  @Test
  void aSchemeIsOnlyChangedIfTheSecretFitsIt() {
    json(
        201,
        create(
            "{\"name\":\"crm\",\"kind\":\"webhook\",\"url\":\"https://a.example.com\",\"signature\":\"document\"}"));
    assertThat(json(200, change("crm", "{\"signature\":\"standard\"}")).path("signature").asText())
        .isEqualTo("standard");
    jdbc()
        .update(
            "update bridge.subscriber set signature = 'document', secrets = '[{\"ref\":\"env:BRIDGE_SUBSCRIBER_NONE\"}]'");
    assertRefused(
        change("crm", "{\"signature\":\"standard\"}"),
        400,
        "invalid_signature",
        "until the secret is rotated");
  }

  private List<String> live() {
    cache.forget();
    return secrets.live(Objects.requireNonNull(cache.find("subscriber:1")));
  }
}
