/** The specification's own files as oracle; they are never part of the project. */
@NullMarked
package io.aipaging.simulators.spec;

import org.jspecify.annotations.NullMarked;
