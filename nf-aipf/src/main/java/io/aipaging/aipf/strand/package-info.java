/** Work side by side, and pauses: the only ways in which a procedure may wait. */
@NullMarked
package io.aipaging.aipf.strand;

import org.jspecify.annotations.NullMarked;
