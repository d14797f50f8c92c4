package io.aipaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.keyfile.KeyFiles;
import io.aipaging.cli.certs.CertsCommand;
import io.aipaging.cli.deploy.Deployment;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.protocol.EvidenceChain;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.sbi.config.Configuration;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Certificates and signing keys are rotated twice under load, AIPF, gate and anchor each a process
 * of its own: no request fails, nothing good is refused, and a former key ends.
 */
class KeyRotationIT {
  private static final int USERS = 4;
  private static final Duration ENFORCERS_LOOK = Duration.ofSeconds(40);

  /** Sessions are short, so that what a key signed ends while the test waits. */
  private static final Map<String, String> TIMES =
      Map.of(
          "AIPAGING_AIPF_LEASE_SESSION", "12s",
          "AIPAGING_AIPF_LEASE_SESSION_MAX", "12s",
          "AIPAGING_AIPF_KEYS_PUBLISH_BEFORE", "5s",
          "AIPAGING_AIPF_KEYS_RETIRE_MARGIN", "4s");

  @TempDir Path folder;
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private BreakableSet set;
  private Path keyFile;
  private Path connection;
  private NaipfKeyinfo keyinfo;
  private NsmfadapterSteering steering;
  private int addresses = 1;

  @AfterEach
  void close() throws Exception {
    while (!closing.isEmpty()) {
      closing.pop().close();
    }
  }

  @Test // L2.16
  void nothingFailsWhileCertificatesAndKeysAreRotatedAndAFormerKeyEnds() throws Exception {
    start();
    SigningKeys former = KeyFiles.signing(List.of(keyFile));
    OldKey old = new OldKey(set, steering, former);
    SteadyUser.Tally tally = new SteadyUser.Tally();
    List<Thread> users = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      users.add(Thread.startVirtualThread(new SteadyUser(set, i, tally)));
    }
    for (int round = 0; round < 2; round++) {
      rotate(tally);
    }
    makeEnforcersAsk();
    assertThat(old.passesTheAnchor(address())).as("retiring at the anchor").isTrue();
    assertThat(old.passesTheGate(address())).as("retiring at the gate").isTrue();
    Await.until(BreakableSet.PATIENCE, "the key's end", () -> !published().contains(former.kid()));
    tally.over = true;
    for (Thread user : users) {
      user.join();
    }
    awaitRefused("at the anchor", () -> old.passesTheAnchor(address()));
    awaitRefused("at the gate", () -> old.passesTheGate(address()));
    assertThat(tally.failures).as(tally.toString()).isEmpty();
    assertThat(tally.answers.get()).as(tally.toString()).isGreaterThan(USERS * 100);
    for (String session : tally.sessions) {
      assertThat(EvidenceChain.verify(set.evidence(session)))
          .isInstanceOf(EvidenceChain.Verdict.Verified.class);
    }
    System.out.println("rotated twice: " + tally + ", " + addresses + " addresses");
  }

  /** A fresh certificate for everybody and a fresh key, and waits until all are in use. */
  private void rotate(SteadyUser.Tally tally) throws Exception {
    Map<Integer, BigInteger> shown = certificates();
    certs("rotate-key", keyFile.toString());
    String fresh = KeyFiles.signing(List.of(keyFile)).kid();
    Await.until(
        BreakableSet.PATIENCE, "published", () -> states().contains(fresh + "  first  published"));
    var spot = set.deployment.layout().anchors().getFirst();
    for (String name :
        List.of("nf-aipf", "nf-smf-adapter", "nf-pcf-adapter", "issuer", spot.enforcerId())) {
      String pki = folder.resolve("pki").toString();
      certs("renew", name, "--folder", pki, "--dns", name, "--ip", "127.0.0.1");
    }
    Await.until(
        BreakableSet.PATIENCE,
        "fresh certificates",
        () -> {
          Map<Integer, BigInteger> now = certificates();
          return shown.entrySet().stream()
              .noneMatch(was -> was.getValue().equals(now.get(was.getKey())));
        });
    Await.until(
        BreakableSet.PATIENCE, "in use", () -> states().contains(fresh + "  first  signing"));
    int pages = tally.pages.get();
    int renewals = tally.renewals.get();
    Await.until(
        BreakableSet.PATIENCE,
        "load on the fresh ones",
        () -> tally.pages.get() > pages + USERS && tally.renewals.get() > renewals + USERS);
  }

  /** Serial numbers shown by AIPF, gate and anchor, by port. */
  private Map<Integer, BigInteger> certificates() throws Exception {
    var layout = set.deployment.layout();
    Map<Integer, BigInteger> shown = new TreeMap<>();
    for (int port :
        new int[] {
          layout.ports().aipf(), layout.ports().smfAdapter(), layout.anchors().getFirst().sbiPort()
        }) {
      shown.put(port, ShownCertificate.at(port).getSerialNumber());
    }
    return shown;
  }

  /**
   * Waits until what a retired key signed is refused. Enforcers look for keys every half minute,
   * and at once for a key they do not know, unless they have looked within the last second.
   */
  private void awaitRefused(String where, Callable<Boolean> passes) throws Exception {
    Await.until(
        ENFORCERS_LOOK,
        "refused " + where,
        () -> {
          makeEnforcersAsk();
          return !passes.call();
        });
  }

  private void makeEnforcersAsk() throws Exception {
    OldKey unknown = new OldKey(set, steering, SigningKeys.generate());
    assertThat(unknown.passesTheAnchor(address())).isFalse();
    assertThat(unknown.passesTheGate(address())).isFalse();
  }

  /** One that no session has had yet. */
  private String address() {
    return "127.0.1." + addresses++;
  }

  private String states() throws Exception {
    return certs("show", keyFile.toString(), "--connection", connection.toString());
  }

  private List<String> published() {
    return keyinfo.getKeys(set.call(), new GetKeys()).keys().stream()
        .map(key -> String.valueOf(key.get("kid")))
        .toList();
  }

  private static String certs(String... arguments) {
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(new CertsCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(arguments);
    assertThat(code).as(out.toString()).isZero();
    return out.toString();
  }

  private void start() throws Exception {
    set = new BreakableSet(folder);
    closing.push(set);
    Deployment deployment = set.deployment;
    keyFile = folder.resolve("aipf-store").resolve("signing-key.pem");
    connection =
        Files.writeString(folder.resolve("connection.yaml"), text(deployment.connection()));
    keyinfo = OperatorClients.keyinfo(set);
    steering = OperatorClients.steering(set);
    set.gate.stop();
    set.agents.getFirst().stop();
    var spot = deployment.layout().anchors().getFirst();
    List<Aipaging> started =
        List.of(
            run("aipf", text(deployment.aipf(Repository.catalog()))),
            run("smf-adapter", text(deployment.smfAdapter())),
            run("agent", text(deployment.agent(spot))));
    for (Aipaging one : started) {
      one.awaitWords("ready");
    }
    Await.until(BreakableSet.PATIENCE, "a page that works", this::pages);
  }

  private Aipaging run(String function, String config) throws Exception {
    Path file = Files.writeString(folder.resolve(function + ".yaml"), config);
    Map<String, String> environment = new TreeMap<>(set.deployment.catalogVariables());
    if (function.equals("aipf")) {
      environment.putAll(TIMES);
    }
    Aipaging started =
        Aipaging.start(folder, environment, "run", function, "--config", file.toString());
    closing.push(started);
    return started;
  }

  private boolean pages() {
    try {
      set.release(SteadyUser.page(set, address()));
      return true;
    } catch (Refusal e) {
      return false; // the anchors are not found well yet
    }
  }

  private static String text(Record configuration) {
    return Configuration.text(configuration);
  }
}
