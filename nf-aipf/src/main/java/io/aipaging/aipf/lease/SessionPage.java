package io.aipaging.aipf.lease;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the sessions asked for.
 *
 * @param sessions by session id
 * @param nextToken where to go on, opaque; null at the end
 */
public record SessionPage(List<Session> sessions, @Nullable String nextToken) {
  public SessionPage {
    sessions = List.copyOf(sessions);
  }
}
