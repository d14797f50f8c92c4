package io.aipaging.bench.floor;

import io.aipaging.bench.floor.DurableWrites.Entry;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.admission.CreateHold;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.openapi.steering.ProbeCommit;
import io.aipaging.protocol.TokenSigning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The floor program: what a page must do and nothing else. Six exchanges with anchor, gate and QoS
 * adapter, side by side where a page asks side by side; two ES256 signatures; three durable writes
 * of a row and an evidence record. It resolves, ranks, checks, reads and remembers nothing.
 */
public final class Floor implements AutoCloseable {
  private static final Duration CALL_TIME = Duration.ofSeconds(10);
  private static final int HOLD_MS = 5_000;
  private final Peers peers;
  private final Contents contents;
  private final DurableWrites writes;
  private final TokenSigning.Signer commits;
  private final TokenSigning.Signer tokens;
  private final ExecutorService strands = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Who is asked: the same peers, over the same wiring, as the AIPF it is compared with.
   *
   * @param anchor anchor's agent
   * @param gate N6 gate
   * @param qos QoS adapter
   */
  public record Peers(NaexfAdmission anchor, NsmfadapterSteering gate, NpcfadapterQosbinding qos) {}

  /**
   * What is signed and written: of the same form as with the AIPF it is compared with.
   *
   * @param commit payload of a COMMIT
   * @param token payload of an AIST
   * @param steps what each of the durable writes writes
   */
  public record Contents(String commit, String token, List<Step> steps) {
    public Contents {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One durable write, US-ASCII.
   *
   * @param row a session's row after it
   * @param evidence its evidence record
   */
  public record Step(String row, String evidence) {}

  /** A floor that asks {@code peers} and writes to {@code writes}, which the caller closes. */
  public Floor(Peers peers, Contents contents, TokenSigning keys, DurableWrites writes) {
    this.peers = peers;
    this.contents = contents;
    this.writes = writes;
    this.commits = keys.forType("commit+jwt");
    this.tokens = keys.forType("at+jwt");
  }

  /** One page; {@code id} is unlike any other's. */
  public String page(String id, String ueAddress) {
    Call call = Call.within("floor", Instant.now(), CALL_TIME);
    write(id, 0); // as PREPARING
    Future<?> bound =
        strands.submit(() -> peers.qos().createQosBinding(call, binding(id, ueAddress)));
    var _ = peers.anchor().createHold(call, new CreateHold(id, id, "urn:aisi:floor", HOLD_MS));
    await(bound);
    String commit = commits.sign(contents.commit());
    write(id, 1); // as COMMITTED
    Future<?> admitted =
        strands.submit(() -> peers.anchor().applyCommit(call, new ApplyCommit(commit)));
    Future<?> confirmed =
        strands.submit(
            () -> peers.qos().confirmQosBinding(call, new ConfirmQosBinding(id, call.deadline())));
    var _ = peers.gate().applyCommits(call, new ApplyCommits(List.of(commit)));
    await(admitted);
    await(confirmed);
    var _ = peers.gate().probeCommit(call, new ProbeCommit(commit, "STEERED"));
    String token = tokens.sign(contents.token());
    write(id, 2); // as ACTIVE
    return token;
  }

  private static CreateQosBinding binding(String id, String ueAddress) {
    return new CreateQosBinding(
        id,
        ueAddress,
        new ServiceAddress("203.0.113.10", "TCP", 8000),
        null,
        null,
        null,
        "ai-interactive",
        "20 Mbps",
        "20 Mbps",
        HOLD_MS);
  }

  private void write(String id, int number) {
    Step step = contents.steps().get(number);
    writes.write(
        List.of(new Entry("s" + id, step.row()), new Entry("e" + id + number, step.evidence())));
  }

  private static void await(Future<?> work) {
    try {
      var _ = work.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an exchange failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    strands.shutdownNow();
  }
}
