package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryStringTest {

  @Test
  void namesAndValuesAreDecoded() {
    Map<String, String[]> parameters = QueryString.parse("a=1+%2B%20%C3%A9&b=&c&a=2&=x");
    assertThat(parameters).containsOnlyKeys("a", "b", "c");
    assertThat(parameters.get("a")).containsExactly("1 + \u00e9", "2");
    assertThat(parameters.get("b")).containsExactly("");
    assertThat(parameters.get("c")).containsExactly("");
  }

  @Test
  void malformedPartStandsForItself() {
    assertThat(QueryString.parse("a=%zz&b=%").get("a")).containsExactly("%zz");
  }

  @Test
  void noQueryIsEmpty() {
    assertThat(QueryString.parse(null)).isEmpty();
    assertThat(QueryString.parse("")).isEmpty();
  }
}
