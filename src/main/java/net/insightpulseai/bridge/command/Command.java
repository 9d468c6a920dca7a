package net.insightpulseai.bridge.command;

import java.io.PrintStream;
import java.util.List;

/** A command of the jar. It has the bridge's settings but runs none of its routes. */
public interface Command {

  /**
   * Runs the command.
   *
   * @param arguments the arguments without the command's name
   * @param out where to print the result
   * @return the exit code: 0 for success, 1 if something is wrong, 2 for wrong arguments
   * @throws Exception with a message for the operator
   */
  int run(List<String> arguments, PrintStream out) throws Exception;
}
