package io.aipaging.smfadapter.steering;

/**
 * Names one lease inside a gate; the kernel gate writes it into the connection mark. Never given
 * out twice, because connections may remember it for days.
 *
 * @param value 1 to 4,294,967,295
 */
public record GrantId(long value) implements Comparable<GrantId> {
  /** Highest value. */
  public static final long MAX = 0xffff_ffffL;

  public GrantId {
    if (value < 1 || value > MAX) {
      throw new IllegalArgumentException("grant id out of range: " + value);
    }
  }

  @Override
  public int compareTo(GrantId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
