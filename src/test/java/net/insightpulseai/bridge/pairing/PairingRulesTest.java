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
    OdooInfoResult told =
        answers == null
            ? new OdooInfoResult.Untold()
            : new OdooInfoResult.Told(
                new OdooInfo("1", answers, there, List.of(), 1, Duration.ZERO));

    PairingStatus finding = PairingRules.ofOdoo(row(paired, pairedAt), told, at);

    assertThat(finding.state()).isEqualTo(state);
    boolean good = state == PairingStatus.State.PAIRED || state == PairingStatus.State.UNPAIRED;
    assertThat(finding.fault() == null).isEqualTo(good);
    assertThat(finding.remedy().isEmpty()).isEqualTo(good);
  }

  @Test
  void anOdooThatDoesNotAnswerKeepsItsOwnFault() {
    Fault fault = new Fault("timeout", "no answer", false);

    PairingStatus finding =
        PairingRules.ofOdoo(row("one", "here"), new OdooInfoResult.Failed(fault), "here");

    assertThat(finding.fault()).isEqualTo(fault);
    assertThat(finding.state()).isEqualTo(PairingStatus.State.UNKNOWN);
  }

  @Test
  void aDatabaseOfAnotherFingerprintIsACopyThatAnAlarmTellsOf() {
    PairingStatus finding =
        PairingRules.ofDatabase(row("one", "here"), new Fingerprint("other", "partial"));

    assertThat(finding.state()).isEqualTo(PairingStatus.State.COPY);
    assertThat(finding.fault().alarm()).isTrue();
    assertThat(finding.message()).contains("2026-01-01", "POST /bridge/pairing");
    assertThat(
            PairingRules.ofDatabase(row("one", "here"), new Fingerprint("full", "partial")).fault())
        .isNull();
  }

  private static PairingRecord row(String dbUuid, String baseUrl) {
    return new PairingRecord(
        "full", dbUuid, baseUrl, Instant.parse("2026-01-01T00:00:00Z"), "bridge", "first");
  }
}
