/** Bugs that are put in to prove that the simulation finds them. */
@NullMarked
package io.aipaging.simulation.bugs;

import org.jspecify.annotations.NullMarked;
