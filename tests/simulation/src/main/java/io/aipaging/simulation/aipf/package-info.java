/** Replicas of the AIPF: the real procedures, keeper and store rules, on coroutines. */
@NullMarked
package io.aipaging.simulation.aipf;

import org.jspecify.annotations.NullMarked;
