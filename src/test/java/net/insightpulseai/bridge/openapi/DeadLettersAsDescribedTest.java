package net.insightpulseai.bridge.openapi;

import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo.Answer;
import org.junit.jupiter.api.Test;

class DeadLettersAsDescribedTest extends BridgeTest {

  private static final String LIST = "/bridge/dead-letters";
  private static final String RECORD = "{\"who\":\"ann\",\"why\":\"mended\"}";

  @Test
  void deadLettersAnswerAsDescribed() {
    OpenApi api = new OpenApi(get("/bridge/openapi.yaml").body());
    odoo().answer(call -> Answer.error(422, "unknown_action"));
    jdbc().update("insert into public.odoo_action_outbox (action) values ('x.y'), ('x.z')");
    await().until(() -> deadLetters() == 2);
    for (String query : new String[] {"", "?limit=1", "?format=csv", "?after=0", "?fault=mine"}) {
      api.accepts("get", LIST, ask(LIST + query));
    }
    api.accepts("get", LIST, get(LIST));
    String one = LIST + "/{id}";
    api.accepts("get", one, ask(LIST + "/1"));
    jdbc().update("update bridge.dead_letter set key_id = '00000000' where id = 2");
    api.accepts("get", one, ask(LIST + "/2"));
    api.accepts("get", one, ask(LIST + "/99"));
    odoo().reset();
    for (String verb : new String[] {"requeue", "discard"}) {
      String many = LIST + "/" + verb;
      api.accepts("post", many, post(many, "{\"who\":\"ann\"}", "apikey", serviceKey()));
      api.accepts("post", many, post(many, RECORD, "apikey", serviceKey()));
      String all = RECORD.replace("}", ",\"all\":true}");
      api.accepts("post", many, post(many, all, "apikey", serviceKey()));
      for (String id : new String[] {"1", "1", "99", "x"}) {
        String path = LIST + "/" + id + "/" + verb;
        api.accepts("post", one + "/" + verb, post(path, RECORD, "apikey", serviceKey()));
      }
      api.accepts("post", one + "/" + verb, post(LIST + "/1/" + verb, RECORD));
      jdbc().update("update bridge.dead_letter set resolution = null where id = 1");
    }
  }

  private int deadLetters() {
    return jdbc().queryForObject("select count(*) from bridge.dead_letter", Integer.class);
  }

  private HttpResponse<String> ask(String path) {
    return get(path, "apikey", serviceKey());
  }
}
