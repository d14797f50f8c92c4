/**
 * Sessions and leases: their states, the pure rules that move them, and the port that keeps them.
 */
@NullMarked
package io.aipaging.aipf.lease;

import org.jspecify.annotations.NullMarked;
