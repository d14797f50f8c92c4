package io.aipaging.smfadapter.steering.corepath;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * That a flow should leave the core at a place.
 *
 * @param id names it at the core, always the same for a flow
 * @param flow whose packets it is about
 * @param dnai where they should leave (TS 23.501 §5.6.7)
 * @param session whose lease it is, or null where that is not known
 * @param notifId unguessable last segment of the URI at which the core tells of it
 */
public record PathOrder(
    String id, Flow flow, String dnai, @Nullable SessionId session, String notifId) {}
