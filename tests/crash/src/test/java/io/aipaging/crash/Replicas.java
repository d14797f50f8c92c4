package io.aipaging.crash;

import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.AipfMain;
import io.aipaging.aipf.KeysConfig;
import io.aipaging.aipf.StoreConfig;
import io.aipaging.lab.LoopbackPorts;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.management.ManagementConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two AIPFs of one Set on one database, a process each, behind the Set's address. */
final class Replicas implements AutoCloseable {
  static final int COUNT = 2;
  private static final String HOST = "127.0.0.1";
  private final Neighbours neighbours;
  private final Path uriFile;
  private final List<Integer> ports = new ArrayList<>();
  private final List<AipfConfig> configs = new ArrayList<>();
  private final List<Child> children = new ArrayList<>();
  private final Balancer balancer;

  private Replicas(Neighbours neighbours) throws Exception {
    this.neighbours = neighbours;
    this.uriFile = neighbours.folder().resolve("database");
    for (int n = 1; n <= COUNT; n++) {
      ports.add(freePort());
      configs.add(config("nf-aipf-" + n, ports.getLast()));
      children.add(
          new Child(
              neighbours.folder(),
              "aipf",
              "aipf-" + n,
              configs.getLast(),
              neighbours.deployment().catalogVariables()));
    }
    balancer = Balancer.start(neighbours.deployment().layout().ports().aipf(), ports);
  }

  /** Replicas on the database at {@code uri} that do not run yet. */
  static Replicas on(Neighbours neighbours, String uri) throws Exception {
    Replicas replicas = new Replicas(neighbours);
    replicas.use(uri);
    return replicas;
  }

  /** The next start of each finds the database at {@code uri}. */
  void use(String uri) throws IOException {
    Files.writeString(uriFile, uri + "\n");
  }

  /** Each has a signing key of its own, and keeps it. */
  private AipfConfig config(String name, int port) throws IOException {
    AipfConfig alone = neighbours.deployment().aipf(Repository.catalog());
    Path key = neighbours.folder().resolve(name);
    var _ = AipfMain.signingKeys(alone.with(StoreConfig.rocksDb(key)));
    return new AipfConfig(
        name,
        alone.setId(),
        ListenerConfig.tls(HOST, port, alone.listener().tls()),
        alone.oauth(),
        new ManagementConfig(HOST, freePort()),
        alone.catalog(),
        new KeysConfig(List.of(key.resolve("signing-key.pem")), alone.keys().ueHashFile()),
        StoreConfig.postgreSql(uriFile),
        alone.lease(),
        alone.relocation(),
        alone.limits(),
        alone.qosBinding(),
        alone.gates(),
        alone.anchors(),
        alone.core(),
        alone.nrf(),
        null,
        null);
  }

  private static int freePort() throws IOException {
    return LoopbackPorts.free(HOST, 1).getFirst();
  }

  /** Starts all, and waits until they serve. */
  void start() throws Exception {
    for (Child child : children) {
      child.begin();
    }
    children.forEach(Child::awaitReady);
  }

  Child get(int number) {
    return children.get(number);
  }

  /** The configuration of one of them. */
  AipfConfig config() {
    return configs.getFirst();
  }

  /** All of them as their consumers see them, also those that are dead. */
  Doors doors() throws Exception {
    List<io.aipaging.openapi.paging.NaipfPaging> all = new ArrayList<>();
    for (int port : ports) {
      all.add(neighbours.aipf(port));
    }
    return new Doors(all);
  }

  /** The keys that each of them must publish, by their ids. */
  Set<Object> keyIds() {
    Set<Object> ids = new HashSet<>();
    for (AipfConfig config : configs) {
      ids.addAll(ids(AipfMain.signingKeys(config).jwks()));
    }
    return ids;
  }

  /** The keys that one of them publishes, by their ids. */
  Set<Object> publishedBy(int number) throws Exception {
    return ids(
        neighbours.keyinfo(ports.get(number)).getKeys(Neighbours.call(), new GetKeys()).keys());
  }

  private static Set<Object> ids(List<Map<String, Object>> keys) {
    Set<Object> ids = new HashSet<>();
    keys.forEach(key -> ids.add(key.get("kid")));
    return ids;
  }

  @Override
  public void close() throws Exception {
    children.forEach(Child::close);
    balancer.close();
  }
}
