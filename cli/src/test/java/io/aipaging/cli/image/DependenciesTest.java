package io.aipaging.cli.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What the build writes into a function's jar is understood, or refused. */
class DependenciesTest {
  @Test
  void artifactsAreReadInTheirOrderWithClassifiersAndColours() throws Exception {
    var artifacts =
        Dependencies.of(
            "The following files have been resolved:\n"
                + "   org.slf4j:slf4j-api:jar:2.0.17:compile\u001b[36m -- module org.slf4j\u001b[m\n"
                + "   io.netty:netty-x:jar:linux-x86_64:4.2.12.Final:runtime -- module y (auto)\n");
    assertThat(artifacts)
        .extracting(Dependencies.Artifact::file)
        .containsExactly("slf4j-api-2.0.17.jar", "netty-x-4.2.12.Final-linux-x86_64.jar");
    assertThat(artifacts.getLast().purl())
        .isEqualTo("pkg:maven/io.netty/netty-x@4.2.12.Final?classifier=linux-x86_64&type=jar");
  }

  @Test
  void aLineThatIsNotUnderstoodIsRefused() {
    assertThatThrownBy(() -> Dependencies.of("   a:b:jar:1:compile\n   a:b:jar:1:2:3:4:test\n"))
        .isInstanceOf(ImageFailed.class)
        .hasMessageContaining("a:b:jar:1:2:3:4:test");
  }

  @Test
  void anEmptyListIsRefused() {
    assertThatThrownBy(() -> Dependencies.of("none\n")).isInstanceOf(ImageFailed.class);
  }
}
