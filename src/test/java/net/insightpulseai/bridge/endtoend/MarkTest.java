package net.insightpulseai.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whose database the end-to-end tests may change. */
@Tag("odoo")
class MarkTest {

  private final RealOdoo odoo = RealOdoo.fromEnvironment();

  @Test
  void aDatabaseThatNobodyMarkedIsRefused() {
    refuses("");
  }

  @Test
  void aCopyOfATestDatabaseUnderAnotherNameIsRefused() {
    refuses("the_test_database_that_this_was_copied_from");
  }

  private void refuses(String mark) {
    String right = odoo.parameter(RealOdoo.MARK);
    odoo.parameter(RealOdoo.MARK, mark);
    try {
      assertThatThrownBy(RealOdoo::fromEnvironment)
          .hasMessageContaining("\"" + right + "\"")
          .hasMessageContaining("is not marked as a test database")
          .hasMessageContaining("ip.test_database is \"" + mark + "\"");
    } finally {
      odoo.parameter(RealOdoo.MARK, right);
    }
    assertThatCode(RealOdoo::fromEnvironment).doesNotThrowAnyException();
  }
}
