/** The public keys of the whole AIPF Set, whichever replica signs. */
@NullMarked
package io.aipaging.aipf.keys;

import org.jspecify.annotations.NullMarked;
