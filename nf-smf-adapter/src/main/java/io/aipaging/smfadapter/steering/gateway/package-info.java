/** The userspace gate: a forwarder that needs no privilege. */
@NullMarked
package io.aipaging.smfadapter.steering.gateway;

import org.jspecify.annotations.NullMarked;
