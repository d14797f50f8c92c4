package io.aipaging.eval.relocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.eval.LabNeeded;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class RelocationIT {
  @BeforeAll
  static void labNeeded() {
    LabNeeded.orSkip();
  }

  @Test // L5.19
  void aMoveInTheRightOrderLosesNothingAndOneInTheWrongOrderDoes(@TempDir Path folder)
      throws Exception {
    RelocationResult result = Relocation.run(folder, 5, System.out::println);

    assertThat(result.makeBeforeBreak().relocations()).isEqualTo(20);
    assertThat(result.makeBeforeBreak().udpSent()).isGreaterThan(2_000);
    assertThat(result.makeBeforeBreak().httpRequests()).isGreaterThan(500);
    assertThat(result.makeBeforeBreak().udpLost()).isZero();
    assertThat(result.makeBeforeBreak().httpFailed()).isZero();
    assertThat(result.breakBeforeMake().udpLost()).isPositive();
    assertThat(result.breakBeforeMake().httpFailed()).isPositive();
  }
}
