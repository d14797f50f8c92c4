/** Signatures of simulated histories. */
@NullMarked
package io.aipaging.simulation.signing;

import org.jspecify.annotations.NullMarked;
