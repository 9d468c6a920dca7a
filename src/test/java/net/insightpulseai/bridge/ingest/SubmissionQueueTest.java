package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubmissionQueueTest {

  private final SubmissionQueue queue = new SubmissionQueue(4, 10);

  @Test
  void aBatchTakesWholeRequestsInOrderOfArrival() throws Exception {
    Submission first = offer(6);
    Submission second = offer(4);
    Submission third = offer(1);
    assertThat(queue.take()).containsExactly(first, second);
    assertThat(queue.take()).containsExactly(third);
  }

  @Test
  void aRequestThatDoesNotFitWaitsForTheNextBatch() throws Exception {
    Submission first = offer(6);
    Submission second = offer(5);
    assertThat(queue.take()).containsExactly(first);
    assertThat(queue.take()).containsExactly(second);
  }

  @Test
  void aRequestLargerThanABatchIsTakenAlone() throws Exception {
    Submission large = offer(11);
    Submission next = offer(1);
    assertThat(queue.take()).containsExactly(large);
    assertThat(queue.take()).containsExactly(next);
  }

  @Test
  void anAbandonedRequestIsDropped() throws Exception {
    offer(1).results().cancel(false);
    Submission waiting = offer(1);
    assertThat(queue.take()).containsExactly(waiting);
  }

  @Test
  void aFullQueueTakesNothingMore() {
    IntStream.range(0, 4).forEach(i -> offer(1));
    assertThat(queue.offer(submission(1))).isFalse();
    assertThat(queue.size()).isEqualTo(4);
  }

  @Test
  void aClosedQueueStillHandsOutWhatWaits() throws Exception {
    Submission waiting = offer(1);
    queue.close();
    assertThat(queue.offer(submission(1))).isFalse();
    assertThat(queue.take()).containsExactly(waiting);
    assertThat(queue.take()).isEmpty();
  }

  private Submission offer(int events) {
    Submission submission = submission(events);
    assertThat(queue.offer(submission)).isTrue();
    return submission;
  }

  private static Submission submission(int events) {
    return new Submission(
        IntStream.range(0, events).mapToObj(i -> Events.withId("e" + i)).toList());
  }
}
