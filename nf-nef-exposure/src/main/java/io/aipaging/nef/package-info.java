/** Northbound exposure. */
@NullMarked
package io.aipaging.nef;

import org.jspecify.annotations.NullMarked;
