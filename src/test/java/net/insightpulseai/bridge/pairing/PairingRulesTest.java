package net.insightpulseai.bridge.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.insightpulseai.bridge.odoo.OdooInfo;
import net.insightpulseai.bridge.odoo.OdooInfoResult;
import net.insightpulseai.bridge.outbox.TargetProbe.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which Odoo is taken for the paired one. */
class PairingRulesTest {

  @ParameterizedTest(name = "{0} at {1} paired, {2} at {3} answers -> {5}")
  @CsvSource({
    // paired, at,        answers, at,        is paired there, state
    ",         ,          new,     here,      true,            PAIRED",
    ",         ,          new,     here,      false,           NOT_PAIRED_IN_ODOO",
    "one,      here,      one,     here,      true,            PAIRED",
    "one,      here,      one,     here,      false,           NOT_PAIRED_IN_ODOO",
    "one,      here,      one,     elsewhere, true,            ANOTHER_ADDRESS",
    "one,      here,      two,     here,      true,            ANOTHER_ODOO",
    "one,      here,      two,     elsewhere, false,           ANOTHER_ODOO",
    "one,      here,      ,        here,      true,            ANOTHER_ODOO",
    ",         ,          ,        here,      true,            UNPAIRED",
    "one,      here,      stand-in,simulated, true,            ANOTHER_ODOO",
    "stand-in, simulated, one,     here,      true,            PAIRED",
    "stand-in, simulated, stand-in,simulated, true,            PAIRED",
    "stand-in, simulated, ,        here,      true,            UNPAIRED"
  })
  void whatAnswersIsComparedWithWhatIsPaired(
      String paired,
      String pairedAt,
      String answers,
      String at,
      boolean there,
      PairingStatus.State state) {
    OdooInfoResult info =
        answers == null
            ? new OdooInfoResult.NotOffered()
            : new OdooInfoResult.Known(
                new OdooInfo("1", answers, there, List.of(), 1, Duration.ZERO));

    PairingStatus status = PairingRules.ofOdoo(row(paired, pairedAt), info, at);

    assertThat(status.state()).isEqualTo(state);
    boolean good = state == PairingStatus.State.PAIRED || state == PairingStatus.State.UNPAIRED;
    assertThat(status.fault() == null).isEqualTo(good);
    assertThat(status.remedy().isEmpty()).isEqualTo(good);
  }

  @Test
  void anOdooThatDoesNotAnswerKeepsItsOwnFault() {
    Fault fault = new Fault("timeout", "no answer", false);

    PairingStatus status =
        PairingRules.ofOdoo(row("one", "here"), new OdooInfoResult.Unavailable(fault), "here");

    assertThat(status.fault()).isEqualTo(fault);
    assertThat(status.state()).isEqualTo(PairingStatus.State.UNKNOWN);
  }

  @Test
  void aDatabaseOfAnotherFingerprintIsACopyThatAnAlarmTellsOf() {
    PairingStatus status =
        PairingRules.ofDatabase(row("one", "here"), new Fingerprint("other", "partial"));

    assertThat(status.state()).isEqualTo(PairingStatus.State.COPY);
    assertThat(status.fault().alarm()).isTrue();
    assertThat(status.message()).contains("2026-01-01", "POST /bridge/pairing");
    assertThat(
            PairingRules.ofDatabase(row("one", "here"), new Fingerprint("full", "partial")).fault())
        .isNull();
  }

  private static PairingRecord row(String dbUuid, String baseUrl) {
    return new PairingRecord(
        "full", dbUuid, baseUrl, Instant.parse("2026-01-01T00:00:00Z"), "bridge", "first");
  }
}
