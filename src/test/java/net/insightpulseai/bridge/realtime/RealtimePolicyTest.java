package net.insightpulseai.bridge.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.SqlFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may listen, with the policies that we ship and a schema {@code realtime} as Supabase has it.
 */
class RealtimePolicyTest {

  private static final String COMPANY_POLICY = SqlFile.read("optional/realtime_policy");
  private static final String SIMPLE_POLICY = SqlFile.read("optional/realtime_policy_simple");
  private static final String OF_COMPANY_1 =
      "{\"role\":\"authenticated\",\"app_metadata\":{\"odoo_companies\":[1,3]}}";

  private static TestDatabase database;
  private static RealtimeSchema realtime;

  @BeforeAll
  static void create() {
    database = TestDatabase.fresh();
    realtime = RealtimeSchema.in(database);
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @Test
  void withoutAPolicyNobodyJoins() {
    database.jdbc().execute("drop policy if exists odoo_bridge_companies on realtime.messages");
    database.jdbc().execute("drop policy if exists odoo_bridge_everyone on realtime.messages");

    assertThat(realtime.mayJoin("odoo:1:res.partner", OF_COMPANY_1)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "odoo:1:res.partner,   true",
    "odoo:3:account.move,  true",
    "odoo:2:res.partner,   false",
    "odoo:13:res.partner,  false",
    "odoo:01:res.partner,   false",
    "odoo:none:mail.thread, false",
    "odoo:99999999999999999999:x, false",
    "odoo:,                false",
    "odoo,                 false",
    "room:1:chat,          false",
    "other:odoo:1,         false"
  })
  void aUserOfCompaniesOneAndThreeJoins(String topic, boolean joins) {
    database.jdbc().execute(COMPANY_POLICY);

    assertThat(realtime.mayJoin(topic, OF_COMPANY_1)).isEqualTo(joins);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"app_metadata\":{\"odoo_companies\":[\"1\"]}}; true",
        "{\"app_metadata\":{\"odoo_companies\":[]}}; false",
        "{\"app_metadata\":{\"odoo_companies\":null}}; false",
        "{\"app_metadata\":{\"odoo_companies\":{\"1\":true}}}; false",
        "{\"app_metadata\":{}}; false",
        "{\"user_metadata\":{\"odoo_companies\":[1]}}; false",
        "{\"odoo_companies\":[1]}; false",
        "{}; false"
      })
  void theListStandsInAppMetadataAndNowhereElse(String claims, boolean joins) {
    database.jdbc().execute(COMPANY_POLICY);

    assertThat(realtime.mayJoin("odoo:1:res.partner", claims)).isEqualTo(joins);
  }

  @Test
  void eventsWithoutACompanyAreForWhoIsToldSo() {
    database.jdbc().execute(COMPANY_POLICY);

    assertThat(
            realtime.mayJoin(
                "odoo:none:mail.thread", "{\"app_metadata\":{\"odoo_companies\":[1,\"none\"]}}"))
        .isTrue();
  }

  @Test
  void theSimplePolicyOpensAllOfOdooAndNothingElse() {
    database.jdbc().execute(SIMPLE_POLICY);

    assertThat(realtime.mayJoin("odoo:2:res.partner", "{}")).isTrue();
    assertThat(realtime.mayJoin("room:1:chat", "{}")).isFalse();
  }

  @Test
  void eachPolicyTakesTheOthersPlace() {
    database.jdbc().execute(SIMPLE_POLICY);
    database.jdbc().execute(COMPANY_POLICY);
    assertThat(realtime.mayJoin("odoo:2:res.partner", OF_COMPANY_1)).isFalse();

    database.jdbc().execute(SIMPLE_POLICY);
    assertThat(policies()).isEqualTo("odoo_bridge_everyone");
  }

  // What Supabase's linter looks for: a function that is called for every row, and a policy for
  // anybody.
  @Test
  void functionsAreCalledOnceAndOnlySignedInUsersAreMeant() {
    for (String policy : new String[] {COMPANY_POLICY, SIMPLE_POLICY}) {
      database.jdbc().execute(policy);
      String condition =
          database
              .jdbc()
              .queryForObject(
                  "select qual from pg_policies where tablename = 'messages'", String.class);
      assertThat(condition.replaceAll("SELECT (auth\\.jwt|realtime\\.topic)\\(\\)", ""))
          .doesNotContain("auth.", "topic()", "current_setting");
      assertThat(
              database
                  .jdbc()
                  .queryForObject(
                      "select cmd || ' ' || roles::text from pg_policies where tablename = 'messages'",
                      String.class))
          .isEqualTo("SELECT {authenticated}");
    }
  }

  private static String policies() {
    return database
        .jdbc()
        .queryForObject(
            "select string_agg(policyname, ',') from pg_policies where tablename = 'messages'",
            String.class);
  }
}
