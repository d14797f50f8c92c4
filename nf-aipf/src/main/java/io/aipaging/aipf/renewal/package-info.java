/** Renews leases and extends sessions. */
@NullMarked
package io.aipaging.aipf.renewal;

import org.jspecify.annotations.NullMarked;
