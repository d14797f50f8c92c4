package io.aipaging.aipf.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Words and numbers of {@code docs/lease-protocol.md} that the code has as well. */
class ProtocolPageTest {
  private static final Pattern NAME = Pattern.compile("`([A-Z_]+)`");
  private final String page = Files.readString(Path.of("../docs/lease-protocol.md"));

  ProtocolPageTest() throws IOException {}

  @Test // L4.8
  void thePageNamesEveryReasonAndNoOther() {
    int from = page.indexOf("`L4.8` Reasons:");
    String reasons = page.substring(from, page.indexOf("\n\n", from));
    List<String> named = NAME.matcher(reasons).results().map(found -> found.group(1)).toList();
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EndReason.values()).map(Enum::name).toList());
  }

  @Test // L6.9
  void thePageShowsTheDefaultTimes() {
    LeaseTerms terms = LeaseTerms.DEFAULT;
    assertThat(page)
        .contains(
            "| session | %d min, at most %d h |"
                .formatted(terms.session().toMinutes(), terms.sessionMax().toHours()))
        .contains("| lease term | %d s |".formatted(terms.leaseTerm().toSeconds()))
        .contains("| hold | %d s |".formatted(terms.holdTtl().toSeconds()))
        .contains("| drain | %d s |".formatted(terms.drain().toSeconds()))
        .contains("| skew bound and margin | %d ms |".formatted(terms.skewBound().toMillis()));
    assertThat(terms.skewMargin()).isEqualTo(terms.skewBound());
  }
}
