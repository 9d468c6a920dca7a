package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.insightpulseai.bridge.TestClock;
import org.junit.jupiter.api.Test;

class LoginAttemptsTest {

  private final TestClock clock = TestClock.standing();
  private final LoginAttempts attempts = new LoginAttempts(clock);

  @Test
  void afterManyWrongPasswordsOneASecondIsLookedAt() {
    assertThat(wrongUntilRefused("10.0.0.1")).isEqualTo(LoginAttempts.BURST);

    clock.pass(Duration.ofMillis(999));
    assertThat(attempts.allowed("10.0.0.1")).isFalse();
    clock.pass(Duration.ofMillis(1));
    assertThat(wrongUntilRefused("10.0.0.1")).isOne();
    clock.pass(Duration.ofSeconds(30));
    assertThat(wrongUntilRefused("10.0.0.1")).isEqualTo(30);
  }

  @Test
  void otherAddressesAreNotConcerned() {
    wrongUntilRefused("10.0.0.1");

    assertThat(attempts.allowed("10.0.0.2")).isTrue();
  }

  @Test
  void anIpv6NetworkIsOneCaller() {
    assertThat(wrongUntilRefused("2001:db8:0:1::1")).isEqualTo(LoginAttempts.BURST);

    assertThat(attempts.allowed("2001:db8:0:1:ffff::2")).isFalse();
    assertThat(attempts.allowed("2001:db8:0:2::1")).isTrue();
  }

  @Test
  void manyAddressesMakeNoBucketFuller() {
    wrongUntilRefused("10.0.0.1");
    for (int i = 0; i < 900; i++) {
      attempts.wrong("10.1." + i / 250 + "." + i % 250);
    }

    assertThat(attempts.allowed("10.0.0.1")).isFalse();
  }

  private int wrongUntilRefused(String address) {
    int looked = 0;
    while (attempts.allowed(address)) {
      attempts.wrong(address);
      looked++;
    }
    return looked;
  }
}
