package net.insightpulseai.bridge.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {

  @TempDir Path programs;

  @Test
  void severalProcessesMayUnpackThemAtTheSameTime() throws IOException {
    var first = CompletableFuture.supplyAsync(this::unpacked);
    var second = CompletableFuture.supplyAsync(this::unpacked);

    assertThat(first.join()).isEqualTo(second.join());
    assertThat(first.join().program("postgres")).isExecutable();
    try (Stream<Path> left = Files.list(programs)) {
      assertThat(left).containsExactly(first.join().folder());
    }
  }

  private PostgresBinaries unpacked() {
    try {
      return PostgresBinaries.unpackedBelow(programs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
