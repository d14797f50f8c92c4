/** Reads keys from files. */
@NullMarked
package io.aipaging.aipf.keyfile;

import org.jspecify.annotations.NullMarked;
