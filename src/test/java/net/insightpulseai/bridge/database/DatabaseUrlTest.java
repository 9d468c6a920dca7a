package net.insightpulseai.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://postgres:secret@db.abc.supabase.co:5432/postgres                     | postgres     | secret   | db.abc.supabase.co                       | 5432 | postgres
          postgres://postgres.abc:secret@aws-0-eu-west-1.pooler.supabase.com:5432/postgres  | postgres.abc | secret   | aws-0-eu-west-1.pooler.supabase.com      | 5432 | postgres
          postgresql://postgres.abc:secret@aws-0-eu-west-1.pooler.supabase.com:6543/postgres| postgres.abc | secret   | aws-0-eu-west-1.pooler.supabase.com      | 6543 | postgres
          postgresql://u:p%40ss%3A%2F%25@db.example.com/app                                 | u            | p@ss:/%  | db.example.com                           | 5432 | app
          postgresql://u:p@s/s:w?rd@db.example.com/app                                      | u            | p@s/s:w?rd | db.example.com                         | 5432 | app
          postgresql://u:a+b@db.example.com/app                                             | u            | a+b      | db.example.com                           | 5432 | app
          postgresql://u:p@db.example.com                                                   | u            | p        | db.example.com                           | 5432 | postgres
          postgresql://u:p@[2001:db8::1]:5433/app                                           | u            | p        | 2001:db8::1                              | 5433 | app
          jdbc:postgresql://db.example.com:5432/app?user=u&password=p%26q                   | u            | p&q      | db.example.com                           | 5432 | app
          jdbc:postgresql://localhost/app                                                   | ''           | ''       | localhost                                | 5432 | app
          """)
  void everyFormThatPeopleHaveIsRead(
      String url, String user, String password, String host, int port, String database) {
    DatabaseAddress address = read(url);

    assertThat(address)
        .extracting("username", "password", "host", "port", "database")
        .containsExactly(user, password, host, port, database);
  }

  @Test
  void theServersNameIsVerifiedOffThisMachine() {
    assertThat(read("postgresql://u:p@db.example.com/app").parameters())
        .containsEntry("sslmode", "verify-full");
    assertThat(read("postgresql://u:p@db.example.com/app?sslmode=require").parameters())
        .containsEntry("sslmode", "require")
        .doesNotContainKey("sslfactory");
    assertThat(read("postgresql://u:p@127.0.0.1/app").parameters()).doesNotContainKey("sslmode");
    assertThat(read("postgresql://u:p@localhost/app?sslmode=disable").parameters())
        .containsEntry("sslmode", "disable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"disable", "allow", "prefer"})
  void plainTextIsRefusedOffThisMachine(String mode) {
    assertThatThrownBy(() -> read("postgresql://u:p@db.example.com/app?sslmode=" + mode))
        .isInstanceOf(StartRefused.class)
        .hasMessage(
            "sslmode in bridge.database.url (SUPABASE_DB_URL): found %s for db.example.com, which is not this machine, expected verify-full; if the network between is private, name the host in bridge.plaintext-hosts (BRIDGE_PLAINTEXT_HOSTS): passwords, keys and rows can then be read on the way"
                .formatted(mode));
  }

  @Test
  void plainTextIsAllowedToTheNamedHosts() {
    assertThat(read("postgresql://u:p@db:5432/app?sslmode=disable").parameters())
        .containsEntry("sslmode", "disable");
    assertThat(read("postgresql://u:p@KONG/app?sslmode=prefer").parameters())
        .containsEntry("sslmode", "prefer");
    assertThat(read("postgresql://u:p@db/app").parameters())
        .doesNotContainKeys("sslmode", "sslfactory");
    assertThatThrownBy(() -> read("postgresql://u:p@db.example.com/app?sslmode=disable"))
        .isInstanceOf(StartRefused.class);
  }

  @Test
  void theRootCertificateMustBeReadable(@TempDir Path folder) throws IOException {
    Path certificate = folder.resolve("root.crt");
    assertThatThrownBy(() -> read("postgresql://u:p@db.example.com/app", certificate.toString()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("SUPABASE_DB_SSL_ROOT_CERT")
        .hasMessageContaining("cannot be read");

    Files.writeString(certificate, "PEM");
    assertThat(read("postgresql://u:p@db.example.com/app", certificate.toString()).parameters())
        .containsEntry("sslrootcert", certificate.toString())
        .doesNotContainKey("sslfactory");
  }

  @Test
  void parametersThatTheDriverDoesNotKnowAreDroppedAndNamed() {
    DatabaseAddress address =
        read(
            "postgresql://u:p@db.example.com/app?supa=base-pooler.x&connection_limit=1&connect_timeout=7&application_name=mine");

    assertThat(address.dropped()).containsExactly("supa", "connection_limit");
    assertThat(address.parameters())
        .containsEntry("connectTimeout", "7")
        .containsEntry("ApplicationName", "mine")
        .doesNotContainKeys("supa", "connection_limit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://postgres.abc:p@aws-0-eu-west-1.pooler.supabase.com:6543/postgres",
        "postgresql://u:p@pgbouncer.example.com:5432/app?pgbouncer=true",
        "jdbc:postgresql://db.abc.supabase.co:6543/postgres?user=u&password=p&prepareThreshold=5"
      })
  void behindATransactionPoolerNoStatementIsPreparedByName(String url) {
    DatabaseAddress address = read(url);

    assertThat(address.pooler()).isTrue();
    assertThat(address.parameters())
        .containsEntry("prepareThreshold", "0")
        .containsEntry("preparedStatementCacheQueries", "0");
  }

  @Test
  void theSessionPoolerIsAsGoodAsADirectConnection() {
    assertThat(read("postgresql://u.abc:p@aws-0-eu.pooler.supabase.com:5432/postgres").pooler())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:hidden@db.example.com/app",
        "https://abc.supabase.co/hidden",
        "db.example.com",
        "postgresql://u:hidden@db.example.com:port/app",
        "postgresql://u:hidden@db.example.com:70000/app",
        "postgresql://u:hidden%zz@db.example.com/app",
        "postgresql://postgres:[YOUR-PASSWORD]@db.abc.supabase.co:5432/postgres",
        "postgresql://u:hidden@a.example.com,b.example.com/app"
      })
  void whatIsNoAddressIsRefusedWithoutTellingThePassword(String url) {
    assertThatThrownBy(() -> read(url))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("bridge.database.url (SUPABASE_DB_URL): found ")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void nothingPrintsThePassword() {
    String url = "postgresql://u:hidden@db.example.com/app";
    assertThat(read(url).toString()).isEqualTo("u@db.example.com:5432/app");
    assertThat(read(url).jdbcUrl()).isEqualTo("jdbc:postgresql://db.example.com:5432/app");
    assertThat(settings(url, "").toString()).doesNotContain("hidden");
  }

  private static DatabaseAddress read(String url) {
    return read(url, "");
  }

  private static DatabaseAddress read(String url, String rootCert) {
    return DatabaseUrl.read(settings(url, rootCert), new PlaintextHosts(Set.of("db", " Kong ")));
  }

  private static DatabaseSettings settings(String url, String rootCert) {
    return new DatabaseSettings(url, rootCert, 10, Migrate.AUTO, AuthenticatedRead.NONE);
  }
}
