package io.aipaging.cli.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one run, every one measured in it; the last line of {@code demo --json}.
 *
 * @param ok whether the whole story was true
 * @param mode {@code kernel-gate} or {@code gateway}
 * @param core simulated core it stood beside
 * @param pageMs time from the app's page to its answer, ms
 * @param anchors anchors that served, in order
 * @param embeddingDims length of the vectors the model answered
 * @param relocation requests during the move
 * @param expiry what passed the gate at the end of the lease
 * @param evidence the session's evidence
 * @param error what went wrong; absent when {@code ok}
 */
record DemoResult(
    boolean ok,
    String mode,
    String core,
    double pageMs,
    List<String> anchors,
    int embeddingDims,
    Moved relocation,
    Expired expiry,
    Proved evidence,
    @Nullable String error) {
  /** Requests while the session moved. */
  record Moved(int requests, int failed) {}

  /** Last packet relative to the lease's end (negative: before), and packets after it. */
  record Expired(double lastPacketRelativeMs, long packetsAfterExp) {}

  /** Evidence records and whether their chain is whole. */
  record Proved(int records, boolean verified) {}
}
