package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.routecheck.DeclaredBeans;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.StandardEnvironment;

/** docs/routes.md lists the steps that routes may use, as the registry has them. */
class RouteStepsTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\| ");
  private static final String OTHER_BEANS = "### Beans with methods";

  private final String page = Documents.read(Path.of("docs/routes.md"));
  private final ConfigurableListableBeanFactory beans = DeclaredBeans.of(new StandardEnvironment());

  @Test
  void everyStepIsListedOnceAndNoOther() {
    List<String> listed =
        names(page.substring(page.indexOf("## Steps"), page.indexOf(OTHER_BEANS)));

    assertThat(listed).hasSizeGreaterThan(60).doesNotHaveDuplicates();
    assertThat(listed)
        .containsExactlyInAnyOrder(beans.getBeanNamesForType(Processor.class, true, false));
  }

  @Test
  void everyOtherBeanExists() {
    assertThat(names(page.substring(page.indexOf(OTHER_BEANS))))
        .isNotEmpty()
        .allMatch(beans::containsBean);
  }

  private static List<String> names(String text) {
    return ROW.matcher(text).results().map((MatchResult row) -> row.group(1)).toList();
  }
}
