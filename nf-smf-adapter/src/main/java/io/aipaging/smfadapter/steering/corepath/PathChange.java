package io.aipaging.smfadapter.steering.corepath;

import io.aipaging.protocol.Flow;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The core changes a flow's path (TS 29.508 {@code UP_PATH_CH}).
 *
 * @param notifId of whose subscription
 * @param flow which
 * @param dnai where its packets leave, or will leave, the core; empty for nowhere special
 * @param done whether it has happened (LATE), or is about to (EARLY)
 * @param ackUri where the core waits for an answer; null where it does not
 * @param wanted whether it is what was asked for
 */
public record PathChange(
    String notifId, Flow flow, String dnai, boolean done, @Nullable URI ackUri, boolean wanted) {}
