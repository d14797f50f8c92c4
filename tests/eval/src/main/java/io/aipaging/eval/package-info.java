/** Experiments with real packets: what a gate and its anchors do when leases end and move. */
@org.jspecify.annotations.NullMarked
package io.aipaging.eval;
