package net.insightpulseai.bridge.bench;

/** The benchmark cannot go on, for a reason that its user can remove: one line, without a trace. */
final class BenchFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param line what is wrong, what is expected and what to do
   */
  BenchFailure(String line) {
    super(line);
  }

  BenchFailure(String line, Throwable cause) {
    super(line, cause);
  }
}
