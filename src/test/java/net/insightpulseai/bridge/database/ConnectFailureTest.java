package net.insightpulseai.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLHandshakeException;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectFailureTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          XX000 | FATAL: (EMAXCONNSESSION) max clients reached in session mode - max clients are limited to pool_size: 15 | Lower bridge.database.pool-size
          XX000 | FATAL: MaxClientsInSessionMode: max clients reached                   | Lower bridge.database.pool-size
          XX000 | FATAL: (ENOTFOUND) tenant/user postgres.abc not found                 | the user is postgres.<project-ref>
          XX000 | FATAL: Tenant or user not found                                       | the user is postgres.<project-ref>
          XX000 | FATAL: (ESSLREQUIRED) SSL connection is required                      | Remove sslmode from the URL
          XX000 | FATAL: (ECIRCUITBREAKER) too many authentication failures             | wait a few minutes
          28P01 | FATAL: password authentication failed for user "postgres"             | percent-encoded
          3D000 | FATAL: database "nope" does not exist                                 | Check the database's name
          08006 | The server does not support SSL.                                      | The server does not offer TLS
          """)
  void aKnownFailureComesWithItsRemedy(String state, String message, String remedy) {
    SQLException failure = new SQLException(message, state);

    assertThat(ConnectFailure.explain(failure, address("aws-0-eu.pooler.supabase.com")))
        .startsWith(
            "The database postgres@aws-0-eu.pooler.supabase.com:5432/postgres cannot be used")
        .contains(remedy)
        .doesNotContain("\n", "hidden");
    assertThat(ConnectFailure.isTransient(failure)).isFalse();
  }

  @Test
  void theDirectAddressWithoutIpv6IsExplained() {
    SQLException failure =
        new SQLException(
            "The connection attempt failed.",
            "08001",
            new UnknownHostException("db.abc.supabase.co"));

    assertThat(ConnectFailure.explain(failure, address("db.abc.supabase.co")))
        .contains("UnknownHostException: db.abc.supabase.co", "IPv6 only", "session pooler");
    assertThat(ConnectFailure.explain(failure, address("db.example.com")))
        .doesNotContain("session pooler");
  }

  @Test
  void aCertificateOfAnUnknownAuthorityIsExplainedAndNotTriedAgain() {
    SQLException failure =
        new SQLException(
            "SSL error: PKIX path building failed",
            "08006",
            new SSLHandshakeException("PKIX path building failed"));

    assertThat(ConnectFailure.explain(failure, address("db.abc.supabase.co")))
        .contains("SUPABASE_DB_SSL_ROOT_CERT");
    assertThat(ConnectFailure.isTransient(failure)).isFalse();
  }

  @Test
  void aServerThatIsStartingIsWaitedFor() {
    assertThat(
            ConnectFailure.isTransient(
                new SQLException("FATAL: the database system is starting up", "57P03")))
        .isTrue();
    assertThat(ConnectFailure.isTransient(new SQLException("Connection refused", "08001")))
        .isTrue();
  }

  private static DatabaseAddress address(String host) {
    return DatabaseUrl.read(
        new DatabaseSettings(
            "postgresql://postgres:hidden@" + host + ":5432/postgres",
            "",
            10,
            Migrate.AUTO,
            AuthenticatedRead.NONE),
        PlaintextHosts.NONE);
  }
}
