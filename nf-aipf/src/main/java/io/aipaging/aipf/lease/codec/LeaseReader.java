package io.aipaging.aipf.lease.codec;

import static io.aipaging.aipf.lease.codec.JsonIn.required;

import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.SessionState.HoldAttempt;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.StoredTokens;
import io.aipaging.protocol.TransportAddress;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads one lease or hold of {@link StateWriter}. */
final class LeaseReader {
  private @Nullable String name;
  private @Nullable LeaseAnchor anchor;
  private @Nullable LeaseId id;
  private @Nullable SignedCommit commit;
  private @Nullable SignedCommit served;
  private @Nullable Instant expiresAt;
  private @Nullable EndReason reason;
  private long gen;

  private LeaseReader() {}

  static Lease lease(JsonIn in) throws IOException {
    LeaseReader lease = new LeaseReader();
    in.object(lease::member);
    return lease.build();
  }

  /** A lease that ended. */
  static Lease.Ended ended(JsonIn in) throws IOException {
    return of(Lease.Ended.class, lease(in));
  }

  static HoldAttempt hold(JsonIn in) throws IOException {
    LeaseReader hold = new LeaseReader();
    in.object(hold::member);
    return new HoldAttempt(required(hold.id, "id"), required(hold.anchor, "anchor"));
  }

  static SignedCommit commit(JsonIn in) throws IOException {
    String jws = in.text();
    return new SignedCommit(StoredTokens.commit(jws), jws);
  }

  /** {@code lease}, which must be of one kind. */
  static <T extends Lease> T of(Class<T> kind, @Nullable Lease lease) {
    if (!kind.isInstance(lease)) {
      throw new SessionUnreadable("a session has no lease of the kind its state needs");
    }
    return kind.cast(lease);
  }

  private void member(String member, JsonIn in) throws IOException {
    switch (member) {
      case "name" -> name = in.text();
      case "anchor" -> anchor = anchor(in);
      case "id" -> id = new LeaseId(in.text());
      case "commit" -> commit = commit(in);
      case "served" -> served = commit(in);
      case "expiresAt" -> expiresAt = in.instant();
      case "reason" -> reason = in.word(EndReason.class);
      case "gen" -> gen = in.number();
      default -> in.skip();
    }
  }

  private Lease build() {
    LeaseAnchor at = required(anchor, "anchor");
    return switch (required(name, "name")) {
      case "HELD" -> new Lease.Held(required(id, "id"), at, required(expiresAt, "expiresAt"));
      case "COMMITTED" -> new Lease.Committed(required(commit, "commit"), at);
      case "SERVING" -> new Lease.Serving(required(commit, "commit"), at);
      case "DRAINING" ->
          new Lease.Draining(required(commit, "commit"), required(served, "served"), at);
      case "ENDED" ->
          new Lease.Ended(
              required(id, "id"),
              at,
              required(expiresAt, "expiresAt"),
              required(reason, "reason"),
              commit,
              gen);
      default -> throw new SessionUnreadable("a lease is in a state this program does not know");
    };
  }

  private static LeaseAnchor anchor(JsonIn in) throws IOException {
    Anchor anchor = new Anchor();
    in.object(anchor::member);
    return anchor.build();
  }

  private static final class Anchor {
    private @Nullable String id;
    private @Nullable String dnai;
    private @Nullable TransportAddress endpoint;
    private @Nullable String agent;
    private @Nullable String gate;

    void member(String name, JsonIn in) throws IOException {
      switch (name) {
        case "id" -> id = in.text();
        case "dnai" -> dnai = in.text();
        case "endpoint" -> endpoint = TransportAddress.parse(in.text());
        case "agent" -> agent = in.text();
        case "gate" -> gate = in.text();
        default -> in.skip();
      }
    }

    LeaseAnchor build() {
      return new LeaseAnchor(
          new AnchorRef(
              required(id, "anchor.id"),
              required(dnai, "anchor.dnai"),
              required(endpoint, "anchor.endpoint")),
          required(agent, "anchor.agent"),
          required(gate, "anchor.gate"));
    }
  }
}
