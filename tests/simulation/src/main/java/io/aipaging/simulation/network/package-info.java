/** The network between nodes, at the contracts' interfaces: late, lost, repeated, cut. */
@NullMarked
package io.aipaging.simulation.network;

import org.jspecify.annotations.NullMarked;
