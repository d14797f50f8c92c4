package io.aipaging.eval.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.eval.LabNeeded;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EnforcementIT {
  @BeforeAll
  static void labNeeded() {
    LabNeeded.orSkip();
  }

  @Test // L1.1
  void noPacketPassesAfterTheEndOfItsLeaseWhateverBecomesOfTheAdapter(@TempDir Path folder)
      throws Exception {
    EnforcementResult result = Enforcement.run(folder, 1, System.out::println);

    assertThat(result.packetsAfterExp()).isZero();
    assertThat(result.packetsLeaked()).isZero();
    assertThat(result.byCase()).hasSize(24);
  }
}
