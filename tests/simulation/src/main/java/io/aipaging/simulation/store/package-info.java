/**
 * The store all replicas share: strict as a durable one, over a network, with a server that dies.
 */
@NullMarked
package io.aipaging.simulation.store;

import org.jspecify.annotations.NullMarked;
