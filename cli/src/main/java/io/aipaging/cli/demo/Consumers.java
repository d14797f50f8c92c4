package io.aipaging.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.cli.deploy.Deployment;
import io.aipaging.cli.session.ConnectionFile;
import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.contract.HttpNaipfPaging;
import io.aipaging.sbi.contract.HttpNnefAipaging;
import io.aipaging.sbi.contract.HttpNsmfadapterSteering;
import io.aipaging.sbi.oauth.ClientCredentials;
import io.aipaging.sbi.process.Parts;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whoever talks to the set in the story: the app, the operator and who reads its metrics. */
final class Consumers implements AutoCloseable {
  private static final Duration SETTLE_TIME = Duration.ofSeconds(20);
  private static final Duration CONNECT_TIME = Duration.ofSeconds(5);
  private static final int METRICS_BYTES_MAX = 1_000_000;
  private static final Pattern DENIED =
      Pattern.compile("(?m)^smfadapter_denied\\{[^}]*} ([0-9.E+]+)$");

  private final Deployment deployment;
  private final Network network;
  private final Parts parts = new Parts();
  private final NnefAipaging northbound;
  private final NaipfPaging operator;
  private final NsmfadapterSteering gate;

  /** Runs code whose sockets are to be in the core's network. */
  @FunctionalInterface
  interface Network {
    <T> T call(Callable<T> code) throws IOException;
  }

  private Consumers(Deployment deployment, Network network) throws IOException {
    this.deployment = deployment;
    this.network = network;
    ConnectionFile set = deployment.connection();
    // One event loop: its thread, and so its sockets, belong to the network it is started in.
    Vertx vertx = SbiVertx.create(1);
    var _ = parts.keep(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    northbound =
        new HttpNnefAipaging(
            client(
                vertx, set.nefUri(), Deployment.APP, secret(set.afSecretFile()), Deployment.NEF));
    operator =
        new HttpNaipfPaging(
            client(
                vertx,
                set.aipfUri(),
                set.clientId(),
                secret(set.clientSecretFile()),
                Deployment.AIPF));
    gate =
        new HttpNsmfadapterSteering(
            client(
                vertx,
                deployment.smfAdapterUri(),
                set.clientId(),
                secret(set.clientSecretFile()),
                Deployment.SMF_ADAPTER));
  }

  /** Connects, from within {@code network}, and waits until the AIPF finds both anchors well. */
  static Consumers connect(Deployment deployment, Network network) throws IOException {
    Consumers consumers = new Consumers(deployment, network);
    try {
      consumers.awaitAnchors();
      return consumers;
    } catch (RuntimeException | IOException e) {
      consumers.close();
      throw e;
    }
  }

  private static String secret(@org.jspecify.annotations.Nullable Path file) throws IOException {
    if (file == null) {
      throw new IOException("a deployment knows every secret");
    }
    return Files.readString(file).strip();
  }

  private SbiClient client(
      Vertx vertx, URI uri, String clientId, String clientSecret, String audience) {
    ClientCredentials tokens =
        ClientCredentials.at(
            peer(deployment.connection().issuerUri()),
            new ClientCredentials.Credentials(clientId, clientSecret, audience),
            vertx);
    var _ = parts.keep(tokens);
    SbiClient client = SbiClient.create(peer(uri), tokens, InstantSource.system(), vertx);
    var _ = parts.keep(client);
    return client;
  }

  private ClientConfig peer(URI uri) {
    Path trust = deployment.connection().trustFile();
    ClientConfig peer =
        trust == null
            ? ClientConfig.cleartext(uri)
            : ClientConfig.tls(uri, ClientTlsConfig.trusting(trust));
    return peer.with(CONNECT_TIME, peer.requestTimeout(), peer.retriesMax());
  }

  private void awaitAnchors() throws IOException {
    var layout = deployment.layout();
    URI metrics =
        URI.create("http://" + layout.core() + ":" + layout.ports().aipfManagement() + "/metrics");
    long end = System.nanoTime() + SETTLE_TIME.toNanos();
    while (!layout.anchors().stream().allMatch(anchor -> healthy(metrics, anchor.id()))) {
      DemoFailed.unless(System.nanoTime() < end, "the AIPF does not find both anchors well");
      LockSupport.parkNanos(50_000_000);
    }
  }

  private boolean healthy(URI metrics, String anchor) {
    return read(metrics).contains("aipf_anchor_healthy{anchor=\"" + anchor + "\"} 1");
  }

  NnefAipaging northbound() {
    return northbound;
  }

  NaipfPaging operator() {
    return operator;
  }

  NsmfadapterSteering gate() {
    return gate;
  }

  /** What the gate has refused, all kinds together. */
  long refusals() {
    var layout = deployment.layout();
    URI metrics =
        URI.create("http://" + layout.gate() + ":" + layout.ports().smfManagement() + "/metrics");
    Matcher matcher = DENIED.matcher(read(metrics));
    long sum = 0;
    while (matcher.find()) {
      sum += (long) Double.parseDouble(matcher.group(1));
    }
    return sum;
  }

  CoreSight core() {
    var layout = deployment.layout();
    String control = "http://" + layout.core() + ":" + layout.ports().pcfControl();
    JsonNode around = tree(control + "/core");
    JsonNode pcf = tree(control + "/state");
    return new CoreSight(
        around.path("registered").valueStream().map(JsonNode::asText).toList(),
        around.path("bsf").path("lookup").asLong(),
        pcf.path("sessions").size(),
        pcf.path("violations").valueStream().map(JsonNode::toString).toList());
  }

  private JsonNode tree(String uri) {
    try {
      return Json.tree(read(URI.create(uri)).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + uri, e);
    }
  }

  private String read(URI uri) {
    try {
      return network.call(
          () -> {
            try (InputStream in = uri.toURL().openStream()) {
              return new String(in.readNBytes(METRICS_BYTES_MAX), StandardCharsets.UTF_8);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + uri, e);
    }
  }

  @Override
  public synchronized void close() { // the story's thread and the one at exit may meet here
    parts.close();
  }
}
