package net.insightpulseai.bridge.subscriber;

import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.access.SupabaseSettings;
import net.insightpulseai.bridge.address.HttpUrl;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.egress.AddressGuard;
import net.insightpulseai.bridge.egress.EgressRefused;
import net.insightpulseai.bridge.egress.SubscriberUrl;
import net.insightpulseai.bridge.subscriber.Subscriber.Kind;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Checks that a definition can work here, with these settings, this database and network. */
@Component
class Feasibility {

  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+|(.*\\.)?localhost");

  private final OdooAvailability odoo;
  private final KafkaAvailability kafka;
  private final SupabaseSettings supabase;
  private final AddressGuard addresses;
  private final LiveTls tls;
  private final JdbcTemplate jdbc;

  Feasibility(
      OdooAvailability odoo,
      KafkaAvailability kafka,
      SupabaseSettings supabase,
      AddressGuard addresses,
      LiveTls tls,
      JdbcTemplate jdbc) {
    this.odoo = odoo;
    this.kafka = kafka;
    this.supabase = supabase;
    this.addresses = addresses;
    this.tls = tls;
    this.jdbc = jdbc;
  }

  /**
   * Applies all rules.
   *
   * @return the same, with the URL in the form that is called
   * @throws WrongDefinition names the first field that is wrong
   */
  Definition check(Definition wanted) {
    DefinitionRules.check(wanted);
    if (wanted.kind() == Kind.REALTIME) {
      checkRealtime(wanted.modeOrDefault());
    } else if (wanted.kind() == Kind.ODOO && !odoo.configured()) {
      throw new WrongDefinition(
          "kind",
          "must be another one: no Odoo is configured in bridge.odoo.base-url (ODOO_BASE_URL)");
    } else if (wanted.kind() == Kind.KAFKA && !kafka.configured()) {
      throw new WrongDefinition(
          "kind",
          "must be another one: no brokers are configured in bridge.kafka.bootstrap-servers"
              + " (KAFKA_BOOTSTRAP_SERVERS)");
    }
    if (wanted.tls() != null) {
      tls.check(wanted.tls());
    }
    if (wanted.filter() != null) {
      checkFilter(wanted.filter());
    }
    return wanted.url() == null ? wanted : wanted.at(callable(wanted.url()));
  }

  private void checkRealtime(Subscriber.Mode mode) {
    if (mode == Subscriber.Mode.REST && (supabase.url().isBlank() || supabase.ownKey().isEmpty())) {
      throw new WrongDefinition(
          "mode",
          "must be trigger or off: rest needs bridge.supabase.url (SUPABASE_URL) and a service key"
              + " (SUPABASE_SERVICE_ROLE_KEY)");
    }
    if (mode == Subscriber.Mode.TRIGGER
        && !Boolean.TRUE.equals(
            jdbc.queryForObject(SqlFile.read("subscriber/can_broadcast"), Boolean.class))) {
      throw new WrongDefinition(
          "mode",
          "must be rest or off: this database has no realtime.send(jsonb, text, text, boolean),"
              + " which trigger needs");
    }
  }

  /** What this version of PostgreSQL cannot read is not stored, whatever the rules say. */
  private void checkFilter(String filter) {
    try {
      jdbc.queryForObject(SqlFile.read("subscriber/check_filter"), String.class, filter);
    } catch (DataIntegrityViolationException | BadSqlGrammarException e) {
      throw new WrongDefinition(
          "filter",
          "must be a jsonpath that this PostgreSQL can read: "
              + String.valueOf(e.getMostSpecificCause().getMessage())
                  .lines()
                  .findFirst()
                  .orElse(""));
    }
  }

  /** An address is checked now; a name at each call, because what it resolves to may change. */
  private String callable(String text) {
    try {
      HttpUrl url = SubscriberUrl.of(text);
      if (ADDRESS.matcher(url.host().toLowerCase(Locale.ROOT)).matches()) {
        addresses.resolve(url.host());
      }
      return url.toString();
    } catch (EgressRefused e) {
      throw new WrongDefinition("url", "is refused: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new WrongDefinition(
          "url", "is refused: " + String.valueOf(e.getMessage()).replaceFirst("^url: ", ""));
    } catch (UnknownHostException e) {
      throw new WrongDefinition("url", "is refused: there is no such host");
    }
  }
}
