package net.insightpulseai.bridge.odoo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.insightpulseai.bridge.answer.Act;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.outbox.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The specification of what Odoo's answers mean. */
class AnswerRulesTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest(name = "{0} {2} (Retry-After {1}) -> {3} {4}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # status | Retry-After | body                                                        | act       | reason            | suspect | not before
          # applied
          200 |      | {"ok":true,"result":{"id":7}}                                             | DONE      | ok                | false   | 0
          200 |      | {"ok":true,"replayed":true,"code":"replayed"}                             | DONE      | ok                | false   | 0
          200 |      | {"jsonrpc":"2.0","id":null,"result":{"ok":true}}                          | DONE      | ok                | false   | 0
          202 |      | {"ok":true}                                                               | DONE      | ok                | false   | 0
          # a proxy that challenges or queues: Odoo never saw it
          202 |      |                                                                           | RETRY     | unexpected_answer | true    | 0
          # 200 that is not success
          200 |      |                                                                           | RETRY     | unexpected_answer | true    | 0
          200 |      | {}                                                                        | RETRY     | unexpected_answer | true    | 0
          200 |      | {"ok":"true"}                                                             | RETRY     | unexpected_answer | true    | 0
          200 |      | {"data":{"ok":true}}                                                      | RETRY     | unexpected_answer | true    | 0
          200 |      | [{"ok":true}]                                                             | RETRY     | unexpected_answer | true    | 0
          200 |      | {"ok":true                                                                | RETRY     | unexpected_answer | true    | 0
          200 |      | <html>Log in</html>                                                       | RETRY     | unexpected_answer | true    | 0
          200 |      | {"ok":false,"error":"no such move"}                                       | REJECT    | rejected          | false   | 0
          200 |      | {"ok":false,"code":"record_missing","retryable":false}                    | REJECT    | rejected          | false   | 0
          200 |      | {"ok":false,"code":"internal"}                                            | RETRY     | internal          | false   | 0
          200 |      | {"ok":false,"code":"anything","retryable":true}                           | RETRY     | refused           | false   | 0
          200 |      | {"ok":false,"code":"unauthorized"}                                        | RETRY     | unauthorized      | true    | 0
          200 | 30   | {"ok":false,"code":"locked"}                                              | THROTTLED | locked            | false   | 30
          202 |      | {"ok":false,"code":"stale"}                                               | REJECT    | rejected          | false   | 0
          200 |      | {"ok":false,"code":"not_paired","retryable":true}                         | NOT_RUN   | not_paired        | true    | 60
          503 |      | {"ok":false,"code":"not_paired","retryable":true}                         | NOT_RUN   | not_paired        | true    | 60
          503 | 30   | {"ok":false,"code":"not_paired","retryable":true}                         | NOT_RUN   | not_paired        | true    | 30
          # 200 of Odoo's JSON-RPC routes
          200 |      | {"jsonrpc":"2.0","result":"<Response 33 bytes [401 UNAUTHORIZED]>"}       | RETRY     | unauthorized      | true    | 0
          200 |      | {"jsonrpc":"2.0","result":"<Response 40 bytes [400 BAD REQUEST]>"}        | REJECT    | rejected          | false   | 0
          200 |      | {"jsonrpc":"2.0","result":"<Response 40 bytes [404 NOT FOUND]>"}          | REJECT    | rejected          | false   | 0
          200 |      | {"jsonrpc":"2.0","result":"<Response streamed [500 INTERNAL ERROR]>"}     | RETRY     | internal          | false   | 0
          200 |      | {"jsonrpc":"2.0","result":"<Response 11 bytes [200 OK]>"}                 | RETRY     | unexpected_answer | true    | 0
          200 |      | {"error":{"code":200,"data":{"name":"odoo.exceptions.UserError"}}}        | REJECT    | rejected          | false   | 0
          200 |      | {"error":{"code":200,"data":{"name":"odoo.exceptions.MissingError"}}}     | REJECT    | rejected          | false   | 0
          200 |      | {"error":{"code":200,"data":{"name":"odoo.exceptions.AccessDenied"}}}     | RETRY     | unauthorized      | true    | 0
          200 |      | {"error":{"code":200,"data":{"name":"builtins.KeyError"}}}                | RETRY     | internal          | false   | 0
          200 |      | {"error":{"code":404,"message":"404: Not Found"}}                         | RETRY     | not_the_module    | true    | 0
          200 |      | {"error":"broken"}                                                        | RETRY     | unexpected_answer | true    | 0
          # refused by the module: final
          400 |      | {"ok":false,"code":"bad_json"}                                            | REJECT    | rejected          | false   | 0
          403 |      | {"ok":false,"code":"forbidden"}                                           | REJECT    | rejected          | false   | 0
          404 |      | {"ok":false,"code":"record_missing","message":"gone","retryable":false}   | REJECT    | rejected          | false   | 0
          409 |      | {"ok":false,"code":"stale","retryable":false}                             | REJECT    | rejected          | false   | 0
          410 |      | {"ok":false,"code":"gone"}                                                | REJECT    | gone              | false   | 0
          413 |      | {"ok":false,"code":"too_large"}                                           | REJECT    | rejected          | false   | 0
          415 |      | {"ok":false,"code":"wrong_type"}                                          | REJECT    | rejected          | false   | 0
          422 |      | {"ok":false,"code":"unknown_action"}                                      | REJECT    | rejected          | false   | 0
          422 |      | {"ok":false,"code":"idempotency_key_reused","retryable":false}            | REJECT    | rejected          | false   | 0
          451 |      | {"ok":false,"code":"other"}                                               | REJECT    | rejected          | false   | 0
          500 |      | {"ok":false,"code":"internal","retryable":false}                          | REJECT    | rejected          | false   | 0
          # final, but perhaps not the module's words: the ping tells
          400 |      | <h1>Session expired (invalid CSRF token)</h1>                             | REJECT    | rejected          | true    | 0
          413 |      | <html>Request Entity Too Large</html>                                     | REJECT    | rejected          | true    | 0
          415 |      |                                                                           | REJECT    | rejected          | true    | 0
          422 |      | <p>You cannot post this</p>                                               | REJECT    | rejected          | true    | 0
          410 |      | <html>Gone</html>                                                         | REJECT    | gone              | true    | 0
          # the key, the signature, the clock
          401 |      | {"ok":false,"code":"unauthorized","retryable":false}                      | RETRY     | unauthorized      | true    | 0
          401 |      | <html>Unauthorized</html>                                                 | RETRY     | unauthorized      | true    | 0
          # the module says: later
          409 |      | {"ok":false,"code":"locked","retryable":true}                             | RETRY     | locked            | false   | 0
          409 | 5    | {"ok":false,"code":"locked","retryable":true}                             | THROTTLED | locked            | false   | 5
          422 |      | {"ok":false,"code":"custom","retryable":true}                             | RETRY     | refused           | false   | 0
          425 |      | {"ok":false,"code":"not_run","retryable":true}                            | NOT_RUN   | not_run           | false   | 0
          425 |      | <html>Too Early</html>                                                    | RETRY     | too_early         | false   | 0
          429 | 120  | {"ok":false,"code":"throttled","retryable":true}                          | THROTTLED | throttled         | false   | 120
          429 |      | <html>Too many requests</html>                                            | THROTTLED | throttled         | false   | 60
          500 |      | {"ok":false,"code":"internal","message":"KeyError","retryable":true}      | RETRY     | internal          | false   | 0
          503 | 7    | {"ok":false,"code":"busy","retryable":true}                               | THROTTLED | unavailable       | true    | 7
          503 |      | {"ok":false,"code":"busy","retryable":true}                               | RETRY     | unavailable       | true    | 0
          # something in between answers
          301 |      |                                                                           | RETRY     | redirected        | true    | 0
          302 |      | {"ok":true}                                                               | RETRY     | redirected        | true    | 0
          307 |      |                                                                           | RETRY     | redirected        | true    | 0
          403 |      | <html>Forbidden</html>                                                    | RETRY     | not_the_module    | true    | 0
          404 |      | <html>Not Found</html>                                                    | RETRY     | not_the_module    | true    | 0
          404 |      | {"message":"no Route matched with those values"}                          | RETRY     | not_the_module    | true    | 0
          405 |      | <html>Method Not Allowed</html>                                           | RETRY     | not_the_module    | true    | 0
          407 |      |                                                                           | RETRY     | not_the_module    | true    | 0
          409 |      | <html>Conflict</html>                                                     | RETRY     | not_the_module    | true    | 0
          408 |      |                                                                           | RETRY     | timeout           | true    | 60
          500 |      | <html>Internal Server Error</html>                                        | RETRY     | unavailable       | true    | 0
          502 |      | <html>Bad Gateway</html>                                                  | RETRY     | unavailable       | true    | 60
          502 | 5    | <html>Bad Gateway</html>                                                  | RETRY     | unavailable       | true    | 5
          503 |      | <html>Service Unavailable</html>                                          | RETRY     | unavailable       | true    | 0
          503 | 3600 | <html>Maintenance</html>                                                  | THROTTLED | unavailable       | true    | 3600
          504 |      | <html>Gateway Timeout</html>                                              | RETRY     | timeout           | true    | 60
          520 |      | error code: 520                                                           | RETRY     | unavailable       | true    | 0
          # Retry-After in its forms
          503 | Sun, 22 Nov 2026 12:01:30 GMT   | {"ok":false,"code":"busy"} | THROTTLED | unavailable | true | 90
          503 | Sunday, 22-Nov-26 12:01:30 GMT  | {"ok":false,"code":"busy"} | THROTTLED | unavailable | true | 90
          503 | Sun, 22 Nov 2026 11:00:00 GMT   | {"ok":false,"code":"busy"} | THROTTLED | unavailable | true | 0
          503 | 0                               | {"ok":false,"code":"busy"} | THROTTLED | unavailable | true | 0
          503 | 99999                           | {"ok":false,"code":"busy"} | THROTTLED | unavailable | true | 21600
          503 | 99999999999999999999            | {"ok":false,"code":"busy"} | THROTTLED | unavailable | true | 21600
          503 | Sun, 22 Nov 2099 12:00:00 GMT   | {"ok":false,"code":"busy"} | THROTTLED | unavailable | true | 21600
          503 | -5                              | {"ok":false,"code":"busy"} | RETRY     | unavailable | true | 0
          503 | soon                            | {"ok":false,"code":"busy"} | RETRY     | unavailable | true | 0
          """)
  void anAnswerMeans(
      int status,
      String retryAfter,
      String body,
      Act act,
      String reason,
      boolean suspect,
      long notBefore) {
    byte[] bytes = body == null ? new byte[0] : body.getBytes(UTF_8);

    Outcome judged =
        AnswerRules.judge(
            Answer.of(
                status, retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter), bytes),
            NOW);

    assertThat(Act.of(judged)).isEqualTo(act);
    assertThat(judged.reason()).isEqualTo(reason);
    assertThat(judged.suspect()).isEqualTo(suspect);
    assertThat(judged.delay()).isEqualTo(Duration.ofSeconds(notBefore));
  }

  @Test
  void aLongResultDoesNotHideThatTheActionWasApplied() {
    String body = "{\"ok\":true,\"result\":\"" + "x".repeat(Answer.KEPT_BYTES) + "\"}";

    assertThat(Act.of(judge(200, body))).isEqualTo(Act.DONE);
  }

  @Test
  void aLongAnswerThatDoesNotSayOkBeforeTheCutIsNotBelieved() {
    String body = "{\"result\":\"" + "x".repeat(Answer.KEPT_BYTES) + "\",\"ok\":true}";

    assertThat(Act.of(judge(200, body))).isEqualTo(Act.RETRY);
  }

  @Test
  void theErrorNamesStatusCodeAndMessageOnOneLine() {
    String body =
        "{\"ok\":false,\"code\":\"user_error\",\"message\":\"Entry\\nmust be\\u0000 in draft\"}";

    assertThat(judge(422, body).error()).isEqualTo("status 422 user_error: Entry must be in draft");
  }

  @Test
  void theErrorIsCutAndFitForTheDatabase() {
    String body = "{\"ok\":false,\"message\":\"\\ud83d" + "é".repeat(2000) + "\"}";

    assertThat(judge(422, body).error())
        .hasSizeLessThan(520)
        .satisfies(error -> assertThat(UTF_8.newEncoder().canEncode(error)).isTrue());
  }

  @Test
  void theStoredBodyHoldsNoNulCharacter() {
    assertThat(Answer.of(200, Map.of(), "a\0b".getBytes(UTF_8)).body()).isEqualTo("a\ufffdb");
  }

  private static Outcome judge(int status, String body) {
    return AnswerRules.judge(Answer.of(status, Map.of(), body.getBytes(UTF_8)), NOW);
  }
}
