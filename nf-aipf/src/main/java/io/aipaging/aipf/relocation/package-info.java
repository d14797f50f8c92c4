/** Moves a session to another anchor, make before break. */
@NullMarked
package io.aipaging.aipf.relocation;

import org.jspecify.annotations.NullMarked;
