package net.insightpulseai.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlInJavaTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "\n  insert into public.audit_event (id)\n values (?)",
        "UPDATE bridge.target SET state = 'running'",
        "delete from bridge.replay",
        "with due as (",
        "where e.id = o.event_id",
        "null::bigint",
        "case when o.action = any(:shared) then 1",
        "json_build_object('id', o.id)",
        "listen bridge_queue",
        "create index on bridge.replay (id)"
      })
  void statementsAndTheirPartsAreFound(String text) {
    assertThat(SqlInJava.isSql(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update its module ip_event_bus",
        "LISTEN is off, or not possible on this connection",
        "selects stored events",
        "where a cloud keeps the credentials of a machine",
        "with a service key",
        "delete that subscriber first: DELETE /bridge/subscribers/"
      })
  void sentencesAreNot(String text) {
    assertThat(SqlInJava.isSql(text)).isFalse();
  }

  @Test
  void constantsAreReadAndCommentsAreNot() {
    String source =
        "char q = '\"'; // \"a comment\"\n/* \"another\" */ String a = \"one\\\" two\";\n"
            + "String b = \"\"\"\n    select\n    \"\"\";";
    assertThat(SqlInJava.constants(source)).containsExactly("one\\\" two", "select");
  }
}
