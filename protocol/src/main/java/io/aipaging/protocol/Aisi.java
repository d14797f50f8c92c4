package io.aipaging.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final Pattern REALM = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern VERSION = Pattern.compile("[a-z0-9.-]{1,32}");
  private static final Pattern URN = Pattern.compile("urn:aisi:([^:]+):([^:]+):([^:]+):([^:]+)");

  public Aisi {
    Checks.matches("realm", realm, REALM);
    Checks.matches("service", service, LABEL);
    Checks.matches("tier", tier, LABEL);
    Checks.matches("version", version, VERSION);
  }

  /** Reads the URN; throws {@link IllegalArgumentException} on anything else. */
  public static Aisi parse(String urn) {
    Matcher matcher = URN.matcher(urn);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not an AISI URN");
    }
    return new Aisi(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
  }

  /** The URN. */
  @Override
  public String toString() {
    return "urn:aisi:" + realm + ":" + service + ":" + tier + ":" + version;
  }
}
