package io.aipaging.aexf.guard;

import io.aipaging.aexf.admission.LiveLease;
import io.aipaging.aexf.admission.LiveLeases;
import io.aipaging.protocol.Aist;
import io.aipaging.protocol.AistVerifier;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.DpopProof;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.TokenRejected;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeHashKey;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may reach the model server (lease-protocol §3): a session token that
 * verifies, a live lease of the same session, the UE that lease is for, and the sender the token is
 * bound to. The lease's UE address is required of every sender, whatever else its token is bound
 * to: other traffic is not the flow that was admitted. May block to fetch keys. Thread-safe.
 */
public final class Gatekeeper {
  private static final int PROOF_KEYS_MAX = 10_000;
  private static final int PROOFS_PER_KEY_MAX = 20_000;

  private final AistVerifier tokens;
  private final LiveLeases leases;
  private final UeHashKey ueHash;
  private final InstantSource clock;
  private final Rules rules;
  private final ReplayCache proofs;

  /**
   * A gatekeeper.
   *
   * @param ueHash key of {@code cnf.ueh}
   */
  public Gatekeeper(
      AistVerifier tokens, LiveLeases leases, UeHashKey ueHash, InstantSource clock, Rules rules) {
    this.tokens = tokens;
    this.leases = leases;
    this.ueHash = ueHash;
    this.clock = clock;
    this.rules = rules;
    Duration presentable = rules.proofWindow().multipliedBy(2).plusSeconds(1);
    this.proofs = new ReplayCache(PROOF_KEYS_MAX, PROOFS_PER_KEY_MAX, presentable);
  }

  /**
   * What the operator decides.
   *
   * @param targets what may be asked for
   * @param scope scope a token needs
   * @param gateways who may relay
   * @param serviceNames host names, with a port unless it is the scheme's, under which clients know
   *     the service; its address is always known from the lease
   * @param proofWindow how far a DPoP proof's {@code iat} may be from now
   */
  public record Rules(
      Targets targets,
      String scope,
      Gateways gateways,
      Set<String> serviceNames,
      Duration proofWindow) {
    public Rules {
      serviceNames = Set.copyOf(serviceNames);
    }
  }

  /** The lease under which the request is served. */
  public LiveLease admit(Presented request) throws Denied {
    rules.targets().check(request.method(), request.target());
    Credentials credentials = Credentials.of(request.authorization());
    Instant now = clock.instant();
    Aist aist = verified(credentials.token(), now);
    if (!Arrays.asList(aist.scope().split(" ", -1)).contains(rules.scope())) {
      throw Denied.insufficientScope(rules.scope());
    }
    LiveLease lease = leases.find(aist.session());
    if (lease == null) {
      throw Denied.of(403, "no_live_lease", "the session is not admitted here");
    }
    if (!lease.aisi().equals(aist.aisi())) {
      throw Denied.invalidToken("the token is for another service");
    }
    checkUe(request.origin(), lease);
    checkBinding(request, credentials, aist, lease);
    return lease;
  }

  private Aist verified(String token, Instant now) throws Denied {
    try {
      return tokens.verify(token, now);
    } catch (TokenRejected e) {
      throw Denied.invalidToken("the session token is not valid: " + word(e));
    }
  }

  private void checkUe(Origin origin, LiveLease lease) throws Denied {
    InetAddress ue = rules.gateways().ueOf(origin);
    if (ue == null) {
      throw Denied.of(403, "ue_unknown", "the gateway did not say whom it relays");
    }
    if (!lease.flow().ue().contains(ue)) {
      throw Denied.of(403, "wrong_ue_address", "the session is not of this address");
    }
  }

  private void checkBinding(Presented request, Credentials credentials, Aist aist, LiveLease lease)
      throws Denied {
    boolean dpop = aist.confirmation() instanceof Confirmation.DpopKey;
    if (dpop != credentials.dpop()) {
      throw Denied.invalidToken(dpop ? "present this token with DPoP" : "use the Bearer scheme");
    }
    switch (aist.confirmation()) {
      case Confirmation.UeAddressHash(String ueh) -> {
        if (!same(ueh, ueHash.hash(lease.session(), lease.flow().ue()))) {
          throw Denied.invalidToken("the token is bound to another address");
        }
      }
      case Confirmation.ClientCertificate(String x5t) -> {
        String shown = request.certificateSha256();
        if (shown == null || !same(x5t, shown)) {
          throw Denied.invalidToken("the token is bound to another certificate");
        }
      }
      case Confirmation.DpopKey(String jkt) ->
          checkProof(request, credentials.token(), jkt, lease.flow().service());
    }
  }

  private void checkProof(Presented request, String token, String jkt, ServiceEndpoint service)
      throws Denied {
    List<String> shown = request.proofs();
    if (shown.size() != 1) {
      throw Denied.invalidProof("exactly one DPoP proof is needed");
    }
    URI uri = requestUri(request, service);
    Instant now = clock.instant();
    DpopProof proof;
    try {
      var expected = new DpopProof.Request(request.method(), uri, token, jkt);
      proof = DpopProof.verify(shown.getFirst(), expected, now, rules.proofWindow());
    } catch (TokenRejected e) {
      throw Denied.invalidProof("the DPoP proof is not valid: " + word(e));
    }
    switch (proofs.note(jkt, proof.jti(), now)) {
      case FRESH -> {}
      case REPLAYED -> throw Denied.invalidProof("the DPoP proof was used before");
      case FULL -> throw Denied.of(503, "too_many_proofs", "too many requests; try again later");
    }
  }

  /** The URI the client meant, believed only where its host is one this service is known by. */
  private URI requestUri(Presented request, ServiceEndpoint service) throws Denied {
    String scheme = request.secure() ? "https" : "http";
    String host = request.host() == null ? "" : request.host().toLowerCase(Locale.ROOT);
    boolean known =
        rules.serviceNames().contains(host) || isAddress(host, request.secure(), service);
    int query = request.target().indexOf('?');
    String path = query < 0 ? request.target() : request.target().substring(0, query);
    try {
      if (known) {
        return URI.create(scheme + "://" + host + path);
      }
    } catch (IllegalArgumentException e) {
      throw Denied.of(400, "bad_target", "the request target is not acceptable");
    }
    throw Denied.invalidProof("the request is for a host this service is not known by");
  }

  private static boolean isAddress(String host, boolean secure, ServiceEndpoint service) {
    boolean hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
    try {
      return TransportAddress.parse(hasPort ? host : host + (secure ? ":443" : ":80"))
          .equals(new TransportAddress(service.address(), service.port()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static String word(TokenRejected rejected) {
    return rejected.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * A token and the scheme it came with.
   *
   * @param dpop {@code DPoP}, else {@code Bearer}
   */
  private record Credentials(String token, boolean dpop) {
    static Credentials of(List<String> authorization) throws Denied {
      if (authorization.isEmpty()) {
        throw Denied.noToken();
      }
      String only = authorization.size() == 1 ? authorization.getFirst() : "";
      @Nullable Boolean dpop =
          only.regionMatches(true, 0, "Bearer ", 0, 7)
              ? Boolean.FALSE
              : only.regionMatches(true, 0, "DPoP ", 0, 5) ? Boolean.TRUE : null;
      if (dpop == null) {
        throw Denied.noToken();
      }
      return new Credentials(only.substring(dpop ? 5 : 7).strip(), dpop);
    }
  }
}
