package net.insightpulseai.bridge.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of a program, with a time limit. All users can see its arguments, so they must hold no
 * secrets.
 */
record ProcessRun(List<String> words) {

  private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

  static ProcessRun of(Path program, String... arguments) {
    return new ProcessRun(
        Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList());
  }

  /** The same command with more arguments. */
  ProcessRun with(String... arguments) {
    return new ProcessRun(Stream.concat(words.stream(), Stream.of(arguments)).toList());
  }

  /** The same command, run by a prefix command. */
  ProcessRun by(List<String> prefix) {
    return new ProcessRun(Stream.concat(prefix.stream(), words.stream()).toList());
  }

  /**
   * Runs the program to its end.
   *
   * @return what it printed
   * @throws IOException if it could not be started, took too long, or failed; the message holds
   *     what it printed
   */
  String run() throws IOException {
    // A file, not a pipe, which a server that the program leaves running would keep open.
    Path output = Files.createTempFile("postgres-", ".out");
    try {
      Process process =
          new ProcessBuilder(words)
              .directory(new File("/"))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      if (!process.waitFor(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(this + " did not end within " + TIME_LIMIT.toSeconds() + " s");
      }
      String printed = Files.readString(output).strip();
      if (process.exitValue() != 0) {
        throw new IOException(this + " failed: " + printed);
      }
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while running " + this, e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
