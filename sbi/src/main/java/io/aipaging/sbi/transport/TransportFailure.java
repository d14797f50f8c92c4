package io.aipaging.sbi.transport;

/** No answer came back; says how far the request may have got. */
public final class TransportFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    /** No connection: the peer has seen nothing. */
    NOT_CONNECTED,
    /** The peer said that it has not looked at the request. */
    NOT_PROCESSED,
    /** The connection or stream broke: the peer may have acted. */
    BROKEN,
    /** No answer in time: the peer may have acted. */
    TIMED_OUT,
    /** The answer exceeds the limit. */
    TOO_LARGE
  }

  private final Kind kind;

  public TransportFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public TransportFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** Whether the peer has certainly not acted on the request. */
  public boolean neverProcessed() {
    return kind == Kind.NOT_CONNECTED || kind == Kind.NOT_PROCESSED;
  }
}
