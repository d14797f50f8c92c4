package io.aipaging.aipf;

import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.enforcement.AnchorDirectory;
import io.aipaging.aipf.enforcement.GateDirectory;
import io.aipaging.aipf.reconcile.Peer;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.contract.HttpNaexfAdmission;
import io.aipaging.sbi.contract.HttpNpcfadapterQosbinding;
import io.aipaging.sbi.contract.HttpNsmfadapterSteering;
import io.aipaging.sbi.oauth.ClientCredentials;
import io.aipaging.sbi.oauth.ClientCredentialsConfig;
import io.aipaging.sbi.oauth.TokenSource;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The network functions around the AIPF, over HTTP/2. */
final class Peers {
  private final AipfConfig config;
  private final Vertx vertx;
  private final InstantSource clock;
  private final Deque<Runnable> closing;

  Peers(AipfConfig config, Vertx vertx, InstantSource clock, Deque<Runnable> closing) {
    this.config = config;
    this.vertx = vertx;
    this.clock = clock;
    this.closing = closing;
  }

  NpcfadapterQosbinding qos() {
    AipfConfig.Peer peer = config.qosBinding();
    if (peer == null) {
      throw new IllegalArgumentException("qos-binding is required unless it runs in this process");
    }
    return new HttpNpcfadapterQosbinding(client(peer.client(), tokens(peer.token())));
  }

  GateDirectory gates() {
    Map<String, NsmfadapterSteering> gates = new HashMap<>();
    for (AipfConfig.Gate gate : config.gates()) {
      gates.put(
          gate.enforcerId(),
          new HttpNsmfadapterSteering(client(gate.client(), tokens(gate.token()))));
    }
    if (gates.isEmpty()) {
      throw new IllegalArgumentException("gates are required unless they run in this process");
    }
    return id -> Optional.ofNullable(gates.get(id));
  }

  AnchorDirectory anchors(Catalog catalog) {
    AipfConfig.Anchors peers = config.anchors();
    if (peers == null) {
      throw new IllegalArgumentException("anchors are required unless they run in this process");
    }
    TokenSource tokens = tokens(peers.token());
    Map<String, NaexfAdmission> anchors = new HashMap<>();
    for (Anchor anchor : catalog.anchors()) {
      boolean https = "https".equals(anchor.admissionUri().getScheme());
      if (https && peers.tls() == null) {
        throw new IllegalArgumentException("anchors.tls is required for an https anchor");
      }
      ClientConfig client =
          https && peers.tls() != null
              ? ClientConfig.tls(anchor.admissionUri(), peers.tls())
              : ClientConfig.cleartext(anchor.admissionUri());
      anchors.put(anchor.id(), new HttpNaexfAdmission(client(client, tokens)));
    }
    return id -> Optional.ofNullable(anchors.get(id));
  }

  /** Every gate and anchor that may hold something of ours. */
  List<Peer.Enforcer> enforcers(Catalog catalog) {
    Set<Peer.Enforcer> enforcers = new LinkedHashSet<>();
    config.gates().forEach(gate -> enforcers.add(new Peer.Gate(gate.enforcerId())));
    for (Anchor anchor : catalog.anchors()) {
      enforcers.add(new Peer.Gate(anchor.gateEnforcerId()));
      enforcers.add(new Peer.Anchor(anchor.id(), anchor.agentEnforcerId()));
    }
    return List.copyOf(enforcers);
  }

  private SbiClient client(ClientConfig client, TokenSource tokens) {
    SbiClient opened = SbiClient.create(client, tokens, clock, vertx);
    closing.push(opened::close);
    return opened;
  }

  private TokenSource tokens(@Nullable ClientCredentialsConfig token) {
    if (token == null) {
      return TokenSource.none();
    }
    ClientCredentials credentials = token.open(vertx);
    closing.push(credentials::close);
    return credentials;
  }
}
