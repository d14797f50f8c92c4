/**
 * Compares what gates, anchors and the core hold with what the sessions' rows say, and puts right
 * what differs.
 */
@NullMarked
package io.aipaging.aipf.reconcile;

import org.jspecify.annotations.NullMarked;
