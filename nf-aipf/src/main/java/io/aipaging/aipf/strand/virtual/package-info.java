/** Strands on virtual threads. */
@NullMarked
package io.aipaging.aipf.strand.virtual;

import org.jspecify.annotations.NullMarked;
