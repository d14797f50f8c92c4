/** Anchor agent. */
@NullMarked
package io.aipaging.aexf;

import org.jspecify.annotations.NullMarked;
