package io.aipaging.pcfadapter.qosbinding;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * App sessions at the core (Npcf_PolicyAuthorization, TS 29.514). Calls block for a bounded time
 * and tell every ending as a value. Callers keep to one call at a time per PDU session.
 */
public interface PolicyAuthorization {
  /** Creates; sent at most once, whatever happens. */
  Created create(AppSessionOrder order);

  /** Reads. */
  Shown read(String appSessionId);

  /** Says what it is to be from now on, in place of what was said before; a repeat is harmless. */
  Updated update(String appSessionId, AppSessionTerms terms);

  /** Whether the core lets go of it by itself at the end that {@link #update} names. */
  boolean endsByItself(String appSessionId);

  /** Deletes; a repeat is harmless. */
  Deleted delete(String appSessionId);

  /**
   * Whether the core means that app session by what it calls {@code resUri} in a notification. Who
   * calls knows the notification's secret already: the name only tells a former one from it.
   */
  boolean isNamed(String appSessionId, String resUri);

  /** Id of the app session that {@code resUri} names; null when it names none. */
  @Nullable String named(String resUri);

  /** How a create ended. */
  sealed interface Created {
    /**
     * The core accepted; that it enforces is not implied.
     *
     * @param appSessionId resource made
     * @param subscriber whose PDU session it is for, where that is known
     */
    record Accepted(String appSessionId, @Nullable SubscriberMark subscriber) implements Created {}

    /**
     * The core points at an equivalent resource that exists already (303, TS 29.500 §5.2.7.2).
     *
     * @param appSessionId that resource
     */
    record Existing(String appSessionId) implements Created {}

    /**
     * The core made the resource but its answer cannot be used; it has to be deleted.
     *
     * @param appSessionId resource made
     * @param detail what is wrong
     */
    record Unusable(String appSessionId, String detail) implements Created {}

    /**
     * The core said no; nothing was made.
     *
     * @param cause application error of the core
     * @param retryAfter when it may be asked again, or null
     */
    record Refused(String cause, @Nullable Duration retryAfter) implements Created {}

    /**
     * The core cannot be used; nothing was made.
     *
     * @param unreachable whether no connection came about, else the core answered with an error
     * @param detail what happened
     */
    record Failed(boolean unreachable, String detail) implements Created {}

    /**
     * Sent, but no answer came: the core may hold a resource nobody can name.
     *
     * @param detail what happened
     */
    record Lost(String detail) implements Created {}
  }

  /** What the core shows of an app session. */
  sealed interface Shown {
    /**
     * It exists.
     *
     * @param notifId callback id it was made with, or null when it is not one of ours
     */
    record Present(@Nullable String notifId) implements Shown {}

    /** The core knows no such app session. */
    record Absent() implements Shown {}

    /** The core offers no reading of app sessions. */
    record Unsupported() implements Shown {}

    /**
     * The core cannot say now.
     *
     * @param detail why
     */
    record Unknown(String detail) implements Shown {}
  }

  /** How an update ended. */
  sealed interface Updated {
    /** The core accepted; that a flow goes there is not implied. */
    record Accepted() implements Updated {}

    /**
     * The core said no; all is as before.
     *
     * @param cause application error of the core
     */
    record Refused(String cause) implements Updated {}

    /** The core knows no such app session. */
    record Absent() implements Updated {}

    /**
     * Nobody knows, or the core cannot now.
     *
     * @param unreachable whether the core gave no answer
     * @param detail what happened
     */
    record Failed(boolean unreachable, String detail) implements Updated {}
  }

  /** How a delete ended. */
  sealed interface Deleted {
    /** The core has let go, now or before. */
    record Gone() implements Deleted {}

    /**
     * It may still be there.
     *
     * @param unreachable whether the core gave no answer
     * @param detail what happened
     */
    record Failed(boolean unreachable, String detail) implements Deleted {}
  }
}
