/** One history: how its world is set up, what its clients want, what befalls it. */
@NullMarked
package io.aipaging.simulation.world;

import org.jspecify.annotations.NullMarked;
