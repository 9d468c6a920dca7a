package net.insightpulseai.bridge.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.DatabaseSettings;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import net.insightpulseai.bridge.odoo.OdooInfoResult;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.signature.OutboundSignature;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database and an Odoo on loopback for single checks; no bridge runs beside them. */
abstract class DoctorFixture {

  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final DoctorReport report = new DoctorReport(new PrintStream(out, true, UTF_8));
  TestDatabase database;
  TestOdoo odoo;

  @BeforeEach
  void create() {
    database = TestDatabase.fresh();
    odoo = new TestOdoo();
  }

  @AfterEach
  void remove() {
    odoo.close();
    database.close();
  }

  PairingCheck pairingCheck() {
    return new PairingCheck();
  }

  DatabaseAddress address() {
    return DatabaseAddress.of(
        new DatabaseSettings(database.url(), "", 4, Migrate.OFF, AuthenticatedRead.NONE),
        PlaintextHosts.NONE);
  }

  OdooSettings odooSettings() {
    return new OdooSettings(
        odoo.url(),
        TestOdoo.TOKEN,
        "",
        Duration.ofSeconds(10),
        List.of(Duration.ofSeconds(2)),
        20,
        false);
  }

  void queue(String action, String target) {
    database
        .jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, target) values (?, ?)", action, target);
  }

  void odooAnnounces(String info) {
    odoo.answerInfo(call -> Answer.json(200, info));
  }

  /** Checks Odoo with a clock of ours that is off by a duration. */
  OdooInfoResult checkOdoo(Duration off) throws InterruptedException {
    return new OdooCheck(odooSettings(), signature(), Clock.offset(Clock.systemUTC(), off))
        .run(report, KnownActions.wanted(database.jdbc()));
  }

  static OutboundSignature signature() {
    return new OutboundSignature(
        new SignatureSettings(BridgeTest.SECRET, List.of(), "", Duration.ofMinutes(5)));
  }

  String printed() {
    return out.toString(UTF_8);
  }
}
