/** N6 gates: a simulated kernel that outlives everybody, and the real steering service above it. */
@NullMarked
package io.aipaging.simulation.gate;

import org.jspecify.annotations.NullMarked;
