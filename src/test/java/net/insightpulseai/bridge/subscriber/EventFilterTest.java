package net.insightpulseai.bridge.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a filter may be, and that PostgreSQL means the same by it. */
class EventFilterTest {

  private static final String PAYLOAD =
      "{\"total\": 120.5, \"state\": \"done\", \"vip\": true, \"note\": null, \"naïve name\": 1,"
          + " \"lines\": [{\"qty\": 1, \"tags\": [\"a\"]}, {\"qty\": 9, \"tags\": [\"b\", \"c\"]}]}";
  private static final String META = "{\"changed\": {\"state\": [\"draft\", \"done\"]}}";

  private static final TestDatabase DATABASE = TestDatabase.fresh();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "$.payload.total > 100                                            § true",
        "$.payload.total > 120.5                                          § false",
        "$.payload.total >= -1                                            § true",
        "100 < $.payload.total                                            § true",
        "$.payload.state == \"done\" && exists($.changed.state)           § true",
        "exists($.changed.name) || $.payload.vip == true                  § true",
        "!($.payload.state == \"done\")                                   § false",
        "!exists($.changed.total)                                         § true",
        "$.payload.note == null                                           § true",
        "$.payload.\"naïve name\" == 1                                    § true",
        "$.payload.lines[*].qty > 8                                       § true",
        "$.payload.lines[0].qty > 8                                       § false",
        "$.payload.lines[last].qty > 8                                    § true",
        "exists($.payload.lines[*] ? (@.qty > 8 && @.tags[*] == \"b\"))   § true",
        "exists($.payload.lines[*] ? (@.qty > 8 && @.tags[*] == \"a\"))   § false",
        "$.payload.lines.size() == 2                                      § true",
        "$.payload.total.type() == \"number\"                             § true",
        "$.payload.state starts with \"do\"                               § true",
        "$.payload.state like_regex \"ON\" flag \"iq\"                    § true",
        "$.payload.state like_regex \".*\" flag \"q\"                     § false",
        "$.changed.state[1] == \"done\"                                   § true",
        "($.payload.total > 1 || $.payload.total < 0) && $.payload.vip == true § true",
        "$.payload.absent > 1                                             § false",
        "$.payload.state > 1                                              § false",
        "$.payload.* == \"done\"                                          § true"
      })
  void aFilterTakesWhatItAsksFor(String filter, boolean takes) {
    EventFilter.check(filter);
    assertThat(taken(filter, PAYLOAD)).isEqualTo(takes);
    for (String other : new String[] {"[]", "\"text\"", "7", "null", "{}"}) {
      taken(filter, other);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "``                                             §  1 § $.payload or $.changed",
        "$.total > 100                                  §  1 § $.payload or $.changed",
        "payload.total > 100                            §  1 § $.payload or $.changed",
        "$.payload.total                                § 16 § starts with",
        "$.payload.total >                              § 18 § a value",
        "$.payload.total > 1 and $.payload.x == 2       § 21 § &&, || or the end",
        "$.payload.** == 1                              § 10 § .name",
        "$.payload.a == $.payload.b                     § 16 § a value",
        "$.payload.a + 1 > 2                            § 13 § ==",
        "$.payload.a.double() > 2                       § 12 § .name",
        "$.payload.a.datetime() > \"x\"                 § 12 § .name",
        "$.payload.a like_regex \"(a+)+$\"              § 32 § flag",
        "$.payload.a like_regex \"(a+)+$\" flag \"i\"   § 38 § flag",
        "$.payload.a == 1e9                             § 16 § a value",
        "$.payload.a == 1234567890123456                § 16 § a value",
        "$.payload.a == \"x                             § 16 § a value",
        "$.payload.a == \"\\u0000\"                     § 16 § a value",
        "exists($.payload.a ? ($.payload.b == 1))       § 23 § @",
        "exists($.payload.a                             § 19 § )",
        "!$.payload.a == 1                              §  2 § exists",
        "((((((($.payload.a == 1)))))))                 §  6 § nesting",
        "strict $.payload.a == 1                        §  1 § $.payload"
      })
  void anythingElseIsRefusedWithItsPlace(String filter, int place, String expected) {
    assertThatThrownBy(() -> EventFilter.check(filter))
        .isInstanceOf(WrongDefinition.class)
        .hasMessageContaining("at character " + place + ": expected")
        .hasMessageContaining(expected);
  }

  @Test
  void itIsBounded() {
    assertThatThrownBy(() -> EventFilter.check("$.payload.a == \"" + "x".repeat(500) + "\""))
        .hasMessageContaining("500 characters");
    String one = "$.payload.a == 1";
    EventFilter.check((one + " || ").repeat(15) + one);
    assertThatThrownBy(() -> EventFilter.check((one + " || ").repeat(16) + one))
        .hasMessageContaining("at most 16 comparisons");
  }

  @Test
  void theLargestEventIsFilteredInTime() {
    String filter = "exists($.payload.a[*] ? (@.x == 1))";
    String all = filter;
    for (int n = 1; n < 8; n++) {
      all += " || " + filter;
    }
    EventFilter.check(all);
    String payload = "{\"a\": [" + "{\"x\": 2},".repeat(110_000) + "{\"x\": 3}]}";
    assertThat(taken(all, payload)).isFalse();
  }

  private static boolean taken(String filter, String payload) {
    return Boolean.TRUE.equals(
        DATABASE
            .jdbc()
            .queryForObject(
                "select bridge.filter_takes(?, ?::jsonb, ?::jsonb)",
                Boolean.class,
                filter,
                payload,
                META));
  }
}
