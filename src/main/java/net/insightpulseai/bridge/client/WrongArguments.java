package net.insightpulseai.bridge.client;

/** The arguments of a command are wrong; the message says how. The exit code is then 2. */
final class WrongArguments extends Exception {

  private static final long serialVersionUID = 1L;

  WrongArguments(String message) {
    super(message);
  }
}
