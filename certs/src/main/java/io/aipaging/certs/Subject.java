package io.aipaging.certs;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Whom a certificate is for (TS 33.310 §6.1.3c).
 *
 * @param name file name and common name, such as {@code nf-aipf}: lower-case letters, digits and
 *     hyphens, at most 63
 * @param nfInstanceId becomes the URI {@code urn:uuid:<nfInstanceId>}
 * @param dnsNames DNS names it is reached by
 * @param ipAddresses IP address literals it is reached by
 */
public record Subject(
    String name, UUID nfInstanceId, List<String> dnsNames, List<String> ipAddresses) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int GENERAL_NAME_DNS = 2;
  private static final int GENERAL_NAME_URI = 6;
  private static final int GENERAL_NAME_IP = 7;

  public Subject {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name for a certificate: " + name);
    }
    dnsNames = List.copyOf(dnsNames);
    ipAddresses = List.copyOf(ipAddresses);
  }

  /** A subject on this machine: {@code localhost}, {@code 127.0.0.1} and its own name. */
  public static Subject local(String name, UUID nfInstanceId) {
    return new Subject(name, nfInstanceId, List.of("localhost", name), List.of("127.0.0.1"));
  }

  /** The URI by which peers know the network function. */
  String uri() {
    return "urn:uuid:" + nfInstanceId;
  }

  /** Whether {@code certificate} has exactly these names. */
  boolean isNamedBy(X509Certificate certificate) {
    Set<String> wanted = new HashSet<>();
    wanted.add(GENERAL_NAME_URI + uri());
    dnsNames.forEach(dns -> wanted.add(GENERAL_NAME_DNS + dns));
    ipAddresses.forEach(ip -> wanted.add(GENERAL_NAME_IP + ip));
    Set<String> present = new HashSet<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null) {
        return false;
      }
      names.forEach(entry -> present.add("" + entry.get(0) + entry.get(1)));
    } catch (CertificateParsingException e) {
      return false;
    }
    return present.equals(wanted);
  }
}
