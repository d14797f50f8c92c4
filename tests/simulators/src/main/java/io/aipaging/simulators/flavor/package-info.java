/** Whose habits a simulated core has, numbered, each to be switched off. */
@NullMarked
package io.aipaging.simulators.flavor;

import org.jspecify.annotations.NullMarked;
