/** Virtual time in one thread: events, coroutines, nodes with clocks of their own. */
@NullMarked
package io.aipaging.simulation.engine;

import org.jspecify.annotations.NullMarked;
