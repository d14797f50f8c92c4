package io.aipaging.smfadapter.steering.corepath;

import java.time.Duration;

/**
 * Bounds of the core's paths.
 *
 * @param lateWithin how long after a path was accepted the core may take to tell that it is in use
 * @param retryAfter pause before what is uncertain is tried again
 * @param renewAfter how long a watch goes on before it is set again
 * @param closeWithin time for giving paths up at a shutdown
 */
public record PathConfig(
    Duration lateWithin, Duration retryAfter, Duration renewAfter, Duration closeWithin) {}
