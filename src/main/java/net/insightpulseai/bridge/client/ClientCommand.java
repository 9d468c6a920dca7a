package net.insightpulseai.bridge.client;

import java.util.List;

/** A command that calls a running bridge. */
interface ClientCommand {

  /** Its name and what follows, as in the usage text. */
  String usage();

  /** What it does, in a few words. */
  String purpose();

  List<Option> options();

  /**
   * Runs it.
   *
   * @return the exit code: 0 for success, 1 if something is wrong
   * @throws WrongArguments before anything is changed
   */
  int run(Arguments arguments, BridgeClient bridge, Console console)
      throws WrongArguments, CallFailed;

  /** The name on the command line. */
  default String name() {
    return usage().split(" ", 2)[0];
  }
}
