package io.aipaging.protocol;

/** Transport protocol of a flow. */
public enum Transport {
  /** TCP, protocol number 6. */
  TCP(6),
  /** UDP, protocol number 17. */
  UDP(17);

  private final int number;

  Transport(int number) {
    this.number = number;
  }

  /** IANA protocol number. */
  public int number() {
    return number;
  }
}
