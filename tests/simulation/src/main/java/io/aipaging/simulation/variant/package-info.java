/** Seams where a bug can be put in, to prove that the simulation finds it. */
@NullMarked
package io.aipaging.simulation.variant;

import org.jspecify.annotations.NullMarked;
