/** NRF, BSF and PCF of one simulated core, with the habits of a real one. */
@NullMarked
package io.aipaging.simulators.core;

import org.jspecify.annotations.NullMarked;
