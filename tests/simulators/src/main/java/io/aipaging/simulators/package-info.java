/** Stateful simulators of core functions. */
@NullMarked
package io.aipaging.simulators;

import org.jspecify.annotations.NullMarked;
