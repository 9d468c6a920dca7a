package net.insightpulseai.bridge.ingest;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import net.insightpulseai.bridge.http.JsonLimits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** JSON as it was sent: every digit kept, malformed text refused. */
@Configuration(value = "exactJsonConfiguration", proxyBeanMethods = false)
public class ExactJson {

  /**
   * The bean {@code exactJson}, for routes and, with {@code @Qualifier("exactJson")}, for classes.
   * It is no default candidate, so that Spring's own ObjectMapper stays what it is.
   */
  @Bean(name = "exactJson", defaultCandidate = false)
  ObjectMapper exactJsonMapper() {
    return mapper();
  }

  /**
   * Integers of any size, decimals with their trailing zeros; refuses what is not UTF-8, what
   * follows the value, and what is beyond the {@link JsonLimits}.
   */
  public static ObjectMapper mapper() {
    return mapper(JsonLimits.constraints());
  }

  /** The same within other limits. */
  public static ObjectMapper mapper(StreamReadConstraints limits) {
    return JsonMapper.builder(new StrictUtf8Factory(limits))
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
        .build();
  }
}
