package io.aipaging.cli.image;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an image is made of. */
enum Product {
  /** AI Paging Function. */
  AIPF("nf-aipf", "nf-aipf", "io.aipaging.aipf.AipfMain", "AIPAGING_AIPF"),
  /** Exposure function. */
  NEF("nf-nef-exposure", "nf-nef-exposure", "io.aipaging.nef.NefMain", "AIPAGING_NEF"),
  /** PCF adapter. */
  PCF_ADAPTER(
      "nf-pcf-adapter",
      "nf-pcf-adapter",
      "io.aipaging.pcfadapter.PcfAdapterMain",
      "AIPAGING_PCFADAPTER"),
  /** SMF adapter. */
  SMF_ADAPTER(
      "nf-smf-adapter",
      "nf-smf-adapter",
      "io.aipaging.smfadapter.SmfAdapterMain",
      "AIPAGING_SMFADAPTER"),
  /** Anchor agent. */
  AGENT("aexf-agent", "aexf-agent", "io.aipaging.aexf.AgentMain", "AIPAGING_AEXF"),
  /** Everything, started by verbs. */
  ALL_IN_ONE("aipaging", "cli", "io.aipaging.cli.AipagingMain", "AIPAGING");

  /** Folder below the JDK's of what is ours. */
  static final String HOME = "/opt/aipaging";

  private final String imageName;
  private final String artifact;
  private final String mainClass;
  private final String prefix;

  Product(String imageName, String artifact, String mainClass, String prefix) {
    this.imageName = imageName;
    this.artifact = artifact;
    this.mainClass = mainClass;
    this.prefix = prefix;
  }

  /** The product of a name such as {@code nf-aipf}. */
  static Optional<Product> named(String name) {
    return Arrays.stream(values()).filter(p -> p.imageName.equals(name)).findFirst();
  }

  /** Such as {@code nf-aipf}: the archive is named so, and the image after {@code aipaging/}. */
  String imageName() {
    return imageName;
  }

  /** Maven artifact whose jar has the main class and the SBOM. */
  String artifact() {
    return artifact;
  }

  /** What is started. */
  String mainClass() {
    return mainClass;
  }

  /** Of environment variables that override its configuration. */
  String prefix() {
    return prefix;
  }

  /** Programs of the building host that it runs: the kernel gate is set up by two. */
  List<String> programs() {
    return this == SMF_ADAPTER ? List.of("nft", "ip") : List.of();
  }

  /** What follows the entry point unless the user says otherwise. */
  List<String> arguments() {
    return this == ALL_IN_ONE ? List.of("--help") : List.of(configuration());
  }

  /** Where a function's configuration is expected. */
  String configuration() {
    return "/etc/aipaging/" + imageName + ".yaml";
  }
}
