package net.insightpulseai.bridge.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/scaling.md is what its model prints. */
class ScalingPageTest {

  @Test
  void theTableIsWhatTheModelPrints() throws Exception {
    List<String> printed = model();
    assertThat(printed).hasSize(7);
    assertThat(Documents.read(Path.of("docs/scaling.md"))).contains(String.join("\n", printed));
  }

  @Test
  void otherNumbersGiveOtherCosts() throws Exception {
    assertThat(model("50000", "3", "0.5", "2000", "20").get(4)).isNotEqualTo(model().get(4));
    assertThat(model("many")).isEmpty();
  }

  private static List<String> model(String... arguments) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of(java, "docs/ScalingModel.java"), Stream.of(arguments))
                    .toList())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    process.waitFor();
    return lines;
  }
}
