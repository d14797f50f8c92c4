package io.aipaging.smfadapter.steering.corepath;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a core tells of a path, of whichever.
 *
 * @param dnai where packets leave, or will leave, the core; empty for nowhere special
 * @param done whether it has happened (LATE), or is about to (EARLY)
 * @param ackUri where the core waits for an answer; null where it does not
 */
public record PathNotice(String dnai, boolean done, @Nullable URI ackUri) {}
