package io.aipaging.aipf.intent;

import java.util.List;

/**
 * An intent that is refused.
 *
 * @param reason why
 * @param detail a sentence for humans; never repeats the intent's text
 * @param nearest titles of the services that come closest, best first; may be empty
 */
public record NotResolvable(Reason reason, String detail, List<String> nearest)
    implements Resolution {
  /** Application error and session end reason of every refused intent. */
  public static final String CAUSE = "INTENT_NOT_RESOLVABLE";

  public NotResolvable {
    nearest = List.copyOf(nearest);
  }

  /** Detail and hint in one sentence. */
  public String explanation() {
    return nearest.isEmpty() ? detail : detail + "; nearest: " + String.join(", ", nearest);
  }

  /** Why an intent is refused. */
  public enum Reason {
    /** Neither a sentence nor a task. */
    EMPTY,
    /** The sentence has more than 1000 characters. */
    TOO_LONG,
    /** A structured limit is outside its range. */
    INVALID_LIMIT,
    /** The sentence is not English. */
    NOT_ENGLISH,
    /** The sentence asks for nothing the catalogue offers. */
    NOT_UNDERSTOOD,
    /** The sentence fits two tasks equally well. */
    AMBIGUOUS,
    /** No service does that task in that tier. */
    NO_SUCH_SERVICE,
    /** The sentence states a limit that could not be read. */
    LIMIT_NOT_UNDERSTOOD,
    /** There is such a service, but neither it nor an anchor of it keeps all limits. */
    LIMIT_NOT_OFFERED
  }
}
