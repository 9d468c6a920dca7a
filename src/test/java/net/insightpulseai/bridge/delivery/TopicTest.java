package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.ingest.ExactJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A topic is the same whether the database makes it or the route does. */
class TopicTest {

  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "odoo:{company}:{model}; {\"company_id\":1};      res.partner.updated; odoo:1:res.partner",
        "odoo:{company}:{model}; {\"company_id\":null};   res.partner.updated; odoo:none:res.partner",
        "odoo:{company}:{model}; {};                      account.move.line.created; odoo:none:account.move.line",
        "odoo:{company}:{model}; {\"company_id\":\"7\"};  ping;                odoo:7:ping",
        "all;                    {\"company_id\":1};      a.b;                 all",
        "{model}/{model};        {};                      a.b;                 a/a",
        "{company}.{Model};      {\"company_id\":12345678901234567890}; a.b;   12345678901234567890.{Model}",
        "x:{model};              {};                      a$1.\\2.c;           x:a$1.\\2",
        "x:{model};              {};                      .b;                  x:"
      })
  void aTemplateBecomes(String template, String meta, String type, String topic)
      throws JsonProcessingException {
    var message = ExactJson.mapper().readTree(meta);
    ((ObjectNode) message).put("event_type", type);

    assertThat(Topic.of(template, message)).isEqualTo(topic);
    assertThat(
            database
                .jdbc()
                .queryForObject(
                    "select bridge.topic(?, ?::jsonb ->> 'company_id', ?)",
                    String.class,
                    template,
                    meta,
                    type))
        .isEqualTo(topic);
  }
}
