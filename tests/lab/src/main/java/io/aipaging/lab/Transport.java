package io.aipaging.lab;

/** Transport protocols of a service address. */
public enum Transport {
  /** Transmission Control Protocol. */
  TCP(6),
  /** User Datagram Protocol. */
  UDP(17);

  private final int number;

  Transport(int number) {
    this.number = number;
  }

  /** Protocol number of the IPv4 header. */
  int number() {
    return number;
  }
}
