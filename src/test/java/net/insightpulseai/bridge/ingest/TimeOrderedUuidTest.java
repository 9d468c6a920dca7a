package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeOrderedUuidTest {

  @Test
  void theExampleOfTheRfc() {
    // RFC 9562, appendix A.6
    UUID example = TimeOrderedUuid.of(0x017F22E279B0L, 0xCC3, 0x18C4DC0C0C07398FL << 2);

    assertThat(example).hasToString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  }

  @Test
  void itIsOfThisMomentWithTheVersionAndVariantOfTheRfc() {
    long before = System.currentTimeMillis();
    UUID id = TimeOrderedUuid.next();

    assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, System.currentTimeMillis());
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void manyOfOneMomentDiffer() {
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      ids.add(TimeOrderedUuid.next());
    }

    assertThat(ids).hasSize(100_000);
  }
}
