/** Sessions as bytes, for every store that keeps them outside the process. */
@NullMarked
package io.aipaging.aipf.lease.codec;

import org.jspecify.annotations.NullMarked;
