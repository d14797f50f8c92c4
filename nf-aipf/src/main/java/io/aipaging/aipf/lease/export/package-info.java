/** Checks a store and carries it over into another, whatever keeps them. */
@NullMarked
package io.aipaging.aipf.lease.export;

import org.jspecify.annotations.NullMarked;
