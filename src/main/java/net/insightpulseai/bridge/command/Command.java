package net.insightpulseai.bridge.command;

import java.io.PrintStream;
import java.util.List;

/** One of the jar's own commands. It has the bridge's settings, but runs none of its routes. */
public interface Command {

  /** What it is called on the command line. */
  String name();

  /** What it does, in a few words, for the list of commands. */
  String purpose();

  /**
   * Does it.
   *
   * @param arguments what follows the command's name
   * @param out where its result goes
   * @return the exit code: 0, or 1 if something is not as it should be
   * @throws Exception whose message tells the operator what is wrong
   */
  int run(List<String> arguments, PrintStream out) throws Exception;
}
