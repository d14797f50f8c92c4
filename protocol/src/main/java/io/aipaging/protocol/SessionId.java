package io.aipaging.protocol;

/**
 * Id of a session: opaque and unguessable.
 *
 * @param value 8 to 64 of {@code [A-Za-z0-9_-]}
 */
public record SessionId(String value) implements Comparable<SessionId> {
  public SessionId {
    Checks.opaque("session id", value);
  }

  @Override
  public int compareTo(SessionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
