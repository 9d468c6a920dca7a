package net.insightpulseai.bridge.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Something that is followed. */
interface TailSource {

  /**
   * What has come since the last call.
   *
   * @param fromNow whether the first call leaves out what is there already
   */
  List<JsonNode> next(BridgeClient bridge, boolean fromNow) throws CallFailed, WrongArguments;

  /** Whether the next call should follow at once. */
  boolean full();
}
