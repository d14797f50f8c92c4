package io.aipaging.smfadapter.netlink;

/** The kernel refused a request, or its answer was lost. */
public final class NetlinkFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /** {@code errno}: no such table, set or element. */
  public static final int ENOENT = 2;

  private final int errno;
  private final boolean uncertain;

  private NetlinkFailed(String detail, int errno, boolean uncertain) {
    super(detail);
    this.errno = errno;
    this.uncertain = uncertain;
  }

  /** The kernel refused: nothing has changed. */
  static NetlinkFailed refused(String what, int errno) {
    return new NetlinkFailed(what + ": errno " + errno, errno, false);
  }

  /** Nobody knows whether the request was carried out. */
  public static NetlinkFailed uncertain(String what, int errno) {
    return new NetlinkFailed(what + ": errno " + errno, errno, true);
  }

  /** What {@code errno(3)} says of it; 0 when there was no such number. */
  public int errno() {
    return errno;
  }

  /** Whether the request may have been carried out all the same. */
  public boolean isUncertain() {
    return uncertain;
  }
}
