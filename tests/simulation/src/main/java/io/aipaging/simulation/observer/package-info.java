/** Sees the true state of everything and checks lease-protocol §2 after every step. */
@NullMarked
package io.aipaging.simulation.observer;

import org.jspecify.annotations.NullMarked;
