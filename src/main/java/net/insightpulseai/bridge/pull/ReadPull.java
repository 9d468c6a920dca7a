package net.insightpulseai.bridge.pull;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.cursor.Bookmark;
import net.insightpulseai.bridge.http.Query;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The query of {@code GET …/events} becomes the variable {@code pull}. */
@Component("readPull")
class ReadPull implements Processor {

  static final int MOST = 1_000;
  private static final int DEFAULT_LIMIT = 100;
  private static final int LONGEST_WAIT = 50;
  private static final Pattern SECONDS = Pattern.compile("([0-9]{1,4})s?");

  private final RequirePullCaller callers;

  ReadPull(RequirePullCaller callers) {
    this.callers = callers;
  }

  @Override
  public void process(Exchange exchange) {
    Query query = Query.of(exchange, Set.of("after", "limit", "wait"));
    exchange.setVariable(
        RouteVariables.PULL,
        new PullRequest(
            Subscriber.of(exchange).id(),
            after(query.text("after")),
            query.limit(DEFAULT_LIMIT, MOST),
            wait(query.text("wait")),
            callers.again(exchange)));
  }

  private static @Nullable Bookmark after(@Nullable String text) {
    Bookmark position = text == null ? null : Bookmark.parse(text);
    if (text != null && position == null) {
      throw Query.bad("after", "the position of an earlier answer, as it is");
    }
    return position;
  }

  private static Duration wait(@Nullable String text) {
    Matcher seconds = SECONDS.matcher(text == null ? "0" : text);
    if (!seconds.matches() || Integer.parseInt(seconds.group(1)) > LONGEST_WAIT) {
      throw Query.bad("wait", "a number of seconds from 0s to " + LONGEST_WAIT + "s");
    }
    return Duration.ofSeconds(Long.parseLong(seconds.group(1)));
  }
}
