package io.aipaging.aexf.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the binary header of the PROXY protocol, version 2, as HAProxy publishes it. Bytes in, a
 * finding out; who may send one is not decided here.
 */
public final class ProxyHeader {
  /** Longest header read: fixed part, addresses and up to about 2 KiB of extensions. */
  public static final int BYTES_MAX = 2_064;

  private static final byte[] SIGNATURE = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };
  private static final int FIXED_BYTES = 16;
  private static final int VERSION_2 = 0x2;
  private static final int LOCAL = 0x0;
  private static final int PROXY = 0x1;
  private static final int UNSPECIFIED = 0x00;
  private static final int TCP_OVER_IPV4 = 0x11;
  private static final int TCP_OVER_IPV6 = 0x21;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private ProxyHeader() {}

  /** What the first bytes of a connection are. */
  public sealed interface Finding {
    /** More bytes are needed to tell. */
    record Incomplete() implements Finding {}

    /** Not a header: the bytes belong to what follows. */
    record Absent() implements Finding {}

    /** A header that must not be trusted. */
    record Malformed() implements Finding {}

    /**
     * A header.
     *
     * @param length bytes to take off the stream
     * @param source whom the sender relays; null when it speaks for itself or does not say
     */
    record Present(int length, @Nullable InetAddress source) implements Finding {}
  }

  /** Looks at the first bytes of a connection without consuming them. */
  public static Finding read(ByteBuffer bytes) {
    ByteBuffer in = bytes.duplicate();
    byte[] start = new byte[Math.min(in.remaining(), SIGNATURE.length)];
    in.get(start);
    if (!Arrays.equals(start, 0, start.length, SIGNATURE, 0, start.length)) {
      return new Finding.Absent();
    }
    if (bytes.remaining() < FIXED_BYTES) {
      return new Finding.Incomplete();
    }
    int versionAndCommand = in.get() & 0xff;
    int family = in.get() & 0xff;
    int length = FIXED_BYTES + (in.getShort() & 0xffff);
    int command = versionAndCommand & 0x0f;
    if (versionAndCommand >> 4 != VERSION_2 || command > PROXY || length > BYTES_MAX) {
      return new Finding.Malformed();
    }
    if (bytes.remaining() < length) {
      return new Finding.Incomplete();
    }
    if (command == LOCAL || family == UNSPECIFIED) {
      return new Finding.Present(length, null);
    }
    return relayed(in, family, length);
  }

  private static Finding relayed(ByteBuffer in, int family, int length) {
    int addressBytes =
        switch (family) {
          case TCP_OVER_IPV4 -> IPV4_BYTES;
          case TCP_OVER_IPV6 -> IPV6_BYTES;
          default -> -1;
        };
    // Two addresses and two ports; what follows are extensions, which say nothing we need.
    if (addressBytes < 0 || length - FIXED_BYTES < 2 * addressBytes + 4) {
      return new Finding.Malformed();
    }
    byte[] source = new byte[addressBytes];
    in.get(source);
    try {
      return new Finding.Present(length, InetAddress.getByAddress(source));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 bytes are addresses", e);
    }
  }
}
