package net.insightpulseai.bridge.incident;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IncidentKindTest {

  @ParameterizedTest
  @EnumSource
  void aRemedyIsInPlainWordsFirstAndSaysWhereInBrackets(IncidentKind kind) {
    String words =
        kind.remedy().replaceFirst(" \\(console: [A-Z][a-z ]+; (HTTP|command): .*\\)$", "");
    assertThat(words).isNotEmpty().doesNotContain("GET ", "POST ", "bridge:type=", "Hawtio");
    assertThat(kind.remedy()).doesNotEndWith(".");
  }
}
