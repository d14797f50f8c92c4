package io.aipaging.protocol;

/**
 * AI service identity: names <em>what</em> runs, never <em>where</em>, and so survives relocation.
 * Written {@code urn:aisi:<realm>:<service>:<tier>:<version>} (RFC 8141).
 *
 * @param realm who guarantees the name, a domain name of at most 253 characters
 * @param service model family or task, 1 to 64 of {@code [a-z0-9-]}
 * @param tier quality tier, likewise
 * @param version version, 1 to 32 of {@code [a-z0-9.-]}
 */
public record Aisi(String realm, String service, String tier, String version) {
  private static final Form REALM = new Form("a-z0-9", "a-z0-9.-", 1, 253);
  private static final Form LABEL = Form.of("a-z0-9-", 1, 64);
  private static final Form VERSION = Form.of("a-z0-9.-", 1, 32);
  private static final String PREFIX = "urn:aisi:";

  public Aisi {
    Checks.matches("realm", realm, REALM);
    Checks.that(!realm.endsWith(".") && !realm.endsWith("-"), "realm must end as it begins");
    Checks.matches("service", service, LABEL);
    Checks.matches("tier", tier, LABEL);
    Checks.matches("version", version, VERSION);
  }

  /** Reads the URN; throws {@link IllegalArgumentException} on anything else. */
  public static Aisi parse(String urn) {
    String[] parts = urn.split(":", -1);
    Checks.that(urn.startsWith(PREFIX) && parts.length == 6, "not an AISI URN");
    return new Aisi(parts[2], parts[3], parts[4], parts[5]);
  }

  /** The URN. */
  @Override
  public String toString() {
    return PREFIX + realm + ":" + service + ":" + tier + ":" + version;
  }
}
