package net.insightpulseai.bridge.kafka;

/** There was no such topic a moment ago, so it is not asked for again. */
class TopicAbsent extends RuntimeException {

  private static final long serialVersionUID = 1;

  TopicAbsent(String topic) {
    super("there is no topic " + topic);
  }
}
