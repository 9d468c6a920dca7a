package net.insightpulseai.bridge.edition;

/** A consumer that can be replaced by another of the same address while it is in use. */
public interface Replaceable {

  /** What comes from now on is the other one's. What it has taken already, it takes to its end. */
  void replaced();
}
