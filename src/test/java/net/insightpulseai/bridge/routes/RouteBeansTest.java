package net.insightpulseai.bridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class RouteBeansTest extends BridgeTest {

  @Autowired private ApplicationContext beans;

  @Test
  void everyBeanThatARouteNamesExists() throws IOException {
    Set<String> named = new TreeSet<>();
    for (String kind : new String[] {"route", "routeConfiguration"}) {
      for (JsonNode tree : RouteFiles.each(kind)) {
        RouteFiles.visit(tree, (key, value) -> collect(named, key, value));
      }
    }

    assertThat(named).isNotEmpty().allMatch(beans::containsBean);
  }

  private static void collect(Set<String> named, String key, JsonNode value) {
    if (!value.isTextual()) {
      return;
    }
    if (key.equals("ref")) {
      named.add(value.asText());
    } else if (value.asText().startsWith("#")) {
      named.add(value.asText().substring(1));
    }
  }
}
