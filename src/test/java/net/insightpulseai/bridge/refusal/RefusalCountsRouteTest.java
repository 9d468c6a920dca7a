package net.insightpulseai.bridge.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.ingest.ExactJson;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RefusalCountsRouteTest extends BridgeTest {

  @Autowired private WriteRefusalCounts writer;
  @Autowired private ProducerTemplate template;

  @Test
  void whatWasRefusedIsCountedInTheDatabaseAndListed() throws Exception {
    writer.write();
    jdbc().update("delete from bridge.refusal_count");
    for (int i = 0; i < 3; i++) {
      post("/bridge/event", "{}", "x-signature", "00");
    }
    writer.write();

    JsonNode count = listed().path("counts").get(0);
    assertThat(count.path("reason").asText()).isEqualTo("invalid_signature");
    assertThat(count.path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(count.path("count").asInt()).isEqualTo(3);
    assertThat(count.path("last").asText())
        .startsWith(count.path("hour").asText().substring(0, 13));
  }

  @Test
  void oldCountsGoWithWhatIsFinished() {
    jdbc()
        .update(
            "insert into bridge.refusal_count select now() - make_interval(days => d), 'old', 'other', 1, now(), now()"
                + " from unnest(array[6, 8]) d");
    template.sendBody("direct:delete-finished", null);
    assertThat(
            jdbc()
                .queryForObject(
                    "select count(*) from bridge.refusal_count where reason = 'old'",
                    Integer.class))
        .isOne();
  }

  private JsonNode listed() throws Exception {
    return ExactJson.mapper().readTree(get("/bridge/refusals", "apikey", serviceKey()).body());
  }
}
