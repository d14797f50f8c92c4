/** One record per state transition, bound to the one before it. */
@NullMarked
package io.aipaging.aipf.evidence;

import org.jspecify.annotations.NullMarked;
