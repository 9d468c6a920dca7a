package net.insightpulseai.bridge.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Camel refuses every action if the statement has another number of parameters than the route says.
 */
class QueueActionParametersTest {

  /** In routes of every version since the first: a rollback may run any of them with this jar. */
  private static final int FOR_EVER = 13;

  @Test
  void theStatementSuitsTheRoutesOfAllVersions() throws Exception {
    String statement = Files.readString(Path.of("src/main/resources/sql/action/enqueue.sql"));
    assertThat(Pattern.compile(":#").matcher(statement).results()).hasSize(FOR_EVER);
    assertThat(Files.readString(Path.of("routes/actions/queue-action.camel.yaml")))
        .contains("parametersCount: \"" + FOR_EVER + "\"");
  }
}
