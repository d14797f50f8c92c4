/** The core's own user-plane path follows what the gate carries. */
@NullMarked
package io.aipaging.smfadapter.steering.corepath;

import org.jspecify.annotations.NullMarked;
