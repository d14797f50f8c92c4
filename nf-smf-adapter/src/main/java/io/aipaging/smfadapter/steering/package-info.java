/** Steering by verified COMMIT only, whatever the driver that carries the packets. */
@NullMarked
package io.aipaging.smfadapter.steering;

import org.jspecify.annotations.NullMarked;
