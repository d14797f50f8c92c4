package io.aipaging.nef.exposure;

import io.aipaging.protocol.UeAddress;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A third-party app and what it may do.
 *
 * @param afId its id, the subject of its access tokens
 * @param uePrefixes addresses of the UEs it may serve
 * @param sessionsMax live sessions it may have at once
 */
public record App(String afId, List<AddressPrefix> uePrefixes, int sessionsMax) {
  private static final Pattern AF_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  public App {
    uePrefixes = List.copyOf(uePrefixes);
    if (!AF_ID.matcher(afId).matches()) {
      throw new IllegalArgumentException("af-id has 1 to 128 characters of A-Z a-z 0-9 . _ : -");
    }
    if (sessionsMax < 0) {
      throw new IllegalArgumentException("sessions-max must not be negative");
    }
  }

  /** Whether the app may serve that UE. */
  boolean serves(UeAddress ue) {
    return uePrefixes.stream().anyMatch(prefix -> prefix.contains(ue));
  }
}
