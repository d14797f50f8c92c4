/** A model of the core's PCF and of the QoS adapter in front of it. */
@NullMarked
package io.aipaging.simulation.core;

import org.jspecify.annotations.NullMarked;
