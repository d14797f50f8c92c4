package io.aipaging.protocol;

/**
 * Id of a lease: opaque and unguessable.
 *
 * @param value 8 to 64 of {@code [A-Za-z0-9_-]}
 */
public record LeaseId(String value) implements Comparable<LeaseId> {
  public LeaseId {
    Checks.opaque("lease id", value);
  }

  @Override
  public int compareTo(LeaseId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
