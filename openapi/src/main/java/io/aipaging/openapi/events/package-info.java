/** naipf-events: what enforcers and the core's adapters tell the AIPF without being asked. */
@NullMarked
package io.aipaging.openapi.events;

import org.jspecify.annotations.NullMarked;
