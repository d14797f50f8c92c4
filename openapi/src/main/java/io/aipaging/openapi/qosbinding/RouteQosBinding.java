package io.aipaging.openapi.qosbinding;

import org.jspecify.annotations.Nullable;

/**
 * Where the flow of a binding should leave the core from now on (TS 29.514 {@code
 * AfRoutingRequirement}).
 *
 * @param bindingRef binding
 * @param dnai data network access (TS 23.501 §5.6.7)
 * @param routeProfile {@code routeProfId} that the SMF knows
 * @param notificationUri where the SMF tells of the path
 * @param notifId what it tells along
 * @param keepOldPathSec how long the core keeps the path before as well, s; null leaves it to it
 */
public record RouteQosBinding(
    String bindingRef,
    String dnai,
    String routeProfile,
    String notificationUri,
    String notifId,
    @Nullable Integer keepOldPathSec) {}
