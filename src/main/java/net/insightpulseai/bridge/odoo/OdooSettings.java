package net.insightpulseai.bridge.odoo;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.BaseUrl;
import net.insightpulseai.bridge.config.DurationText;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import net.insightpulseai.bridge.subscriber.OdooAvailability;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach Odoo.
 *
 * @param baseUrl Odoo's address, without the path {@code /api}; empty: no Odoo
 * @param apiToken the {@code x-api-key} of the module ip_event_bus
 * @param database the {@code X-Odoo-Database} for hosts that serve several; empty: not sent
 * @param responseTimeout how long an answer may take, from the request to its last byte
 * @param retrySchedule how long to wait after the first, second, … failure of an action
 * @param batch the most actions in one call, where Odoo's module allows it; 1: each is sent alone
 * @param simulated the bridge's own simulation answers instead of a real Odoo
 */
@ConfigurationProperties("bridge.odoo")
public record OdooSettings(
    @DefaultValue("") String baseUrl,
    @DefaultValue("") String apiToken,
    @DefaultValue("") String database,
    @DefaultValue("75s") Duration responseTimeout,
    @DefaultValue({"2s", "10s", "1m", "5m", "15m", "1h", "3h", "6h", "6h", "8h"})
        List<Duration> retrySchedule,
    @DefaultValue("20") int batch,
    @DefaultValue("false") boolean simulated)
    implements OdooAvailability {

  /** How long connecting may take. */
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** The contract's limit for actions in one call. */
  static final int LARGEST_BATCH = 20;

  /**
   * A ping may follow a call that used its whole timeout, and both must end before the row's lease.
   */
  private static final Duration LONGEST_PING = Duration.ofSeconds(10);

  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]*");

  public OdooSettings {
    baseUrl =
        BaseUrl.of("bridge.odoo.base-url (ODOO_BASE_URL)", baseUrl, "https://erp.example.com");
    apiToken = apiToken.strip();
    database = database.strip();
    if (simulated && !baseUrl.isEmpty()) {
      throw new IllegalArgumentException(
          "bridge.odoo.simulated (BRIDGE_SIMULATED_ODOO) is true, but bridge.odoo.base-url"
              + " (ODOO_BASE_URL) names a real Odoo: unset one of them");
    }
    if ((simulated || !baseUrl.isEmpty()) && apiToken.isEmpty()) {
      throw new IllegalArgumentException(
          "bridge.odoo.api-token (ODOO_API_TOKEN) is empty: set it to Odoo's system parameter"
              + " ip.odoo.api_key");
    }
    if (!PRINTABLE.matcher(apiToken).matches()) {
      throw new IllegalArgumentException(
          "bridge.odoo.api-token (ODOO_API_TOKEN) has a space or a character that is not ASCII:"
              + " it could not be sent as a header");
    }
    if (!PRINTABLE.matcher(database).matches()) {
      throw new IllegalArgumentException(
          "bridge.odoo.database (ODOO_DATABASE) has a space or a character that is not ASCII");
    }
    if (responseTimeout.isZero() || responseTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "bridge.odoo.response-timeout must be positive, for example 75s; found "
              + DurationText.of(responseTimeout));
    }
    if (batch < 1 || batch > LARGEST_BATCH) {
      throw new IllegalArgumentException(
          "bridge.odoo.batch must be from 1 (each action is sent alone) to "
              + LARGEST_BATCH
              + "; found "
              + batch);
    }
    RetrySchedule.check("bridge.odoo.retry-schedule", retrySchedule);
    retrySchedule = List.copyOf(retrySchedule);
  }

  /** Whether there is an Odoo, real or simulated, to send actions to. */
  @Override
  public boolean configured() {
    return simulated || !baseUrl.isEmpty();
  }

  /** How long one call may take in total: to connect, to send, and to read the answer. */
  public Duration deadline() {
    return CONNECT_TIMEOUT.plus(responseTimeout);
  }

  /** How long the answer to a ping may take. */
  public Duration pingTimeout() {
    return responseTimeout.compareTo(LONGEST_PING) < 0 ? responseTimeout : LONGEST_PING;
  }

  /** Without the token: settings may end up in a log. */
  @Override
  public String toString() {
    return "OdooSettings[" + (configured() ? baseUrl : "none") + ", simulated=" + simulated + "]";
  }
}
