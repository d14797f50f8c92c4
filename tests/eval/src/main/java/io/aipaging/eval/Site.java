package io.aipaging.eval;

import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.Lab;
import io.aipaging.lab.LabAddresses;
import io.aipaging.lab.Namespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A lab for an experiment: anchors have an address for each {@link Mode}, UEs are numbered. */
public final class Site implements AutoCloseable {
  /** Port of the service, over TCP and UDP. */
  public static final int PORT = 8443;

  private static final int UES_PER_NETWORK = 200;

  private final Lab lab;
  private final Path folder;
  private final Commits commits;
  private int ues;

  private Site(Lab lab, Path folder, Commits commits) {
    this.lab = lab;
    this.folder = folder;
    this.commits = commits;
  }

  /**
   * Opens a lab; needs root.
   *
   * @param folder for keys and journals; exists
   */
  public static Site open(Path folder) throws IOException {
    Lab lab = Lab.open();
    try {
      Site site = new Site(lab, folder, new Commits());
      site.run(site.anchor(AnchorSite.A), "ip address add 10.60.1.12/24 dev e0");
      site.run(site.anchor(AnchorSite.B), "ip address add 10.60.2.12/24 dev e0");
      Files.writeString(site.keys(), site.commits.jwks());
      Files.write(site.folder.resolve("ue-hash"), site.commits.ueHashKey());
      return site;
    } catch (IOException | RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  /** Gives the UEs' namespace one more address. */
  public String newUe() throws IOException {
    ues++;
    String address = "10.45.%d.%d".formatted(1 + ues / UES_PER_NETWORK, 1 + ues % UES_PER_NETWORK);
    run(lab.ue(), "ip address add " + address + "/16 dev u0");
    return address;
  }

  /** Who signs. */
  public Commits commits() {
    return commits;
  }

  public Lab lab() {
    return lab;
  }

  /** Where an anchor lives. */
  public Namespace anchor(AnchorSite site) {
    return site.equals(AnchorSite.A) ? lab.anchorA() : lab.anchorB();
  }

  /**
   * Starts the gate's adapter.
   *
   * @param marginMs skew margin and bound
   */
  public Child startGate(long marginMs) throws IOException {
    return Child.start(
        lab,
        lab.upf(),
        GateMain.class,
        keys().toString(),
        folder.resolve("gate.journal").toString(),
        Long.toString(marginMs));
  }

  /** Starts an anchor's agent with its model server, see {@link AnchorMain}. */
  public Child startAnchor(AnchorSite site) throws IOException {
    return Child.start(
        lab,
        anchor(site),
        AnchorMain.class,
        site.id(),
        keys().toString(),
        folder.resolve("ue-hash").toString(),
        folder.resolve("fences-" + site.id()).toString());
  }

  /** Address of the service. */
  public static String service() {
    return LabAddresses.SERVICE;
  }

  @Override
  public void close() {
    lab.close();
  }

  private Path keys() {
    return folder.resolve("keys.jwks");
  }

  private void run(Namespace namespace, String command) throws IOException {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    Process process =
        namespace.command(words.toArray(new String[0])).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + ": " + printed.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
