/** Ends sessions: first what authorizes them, then what carries them. */
@NullMarked
package io.aipaging.aipf.ending;

import org.jspecify.annotations.NullMarked;
