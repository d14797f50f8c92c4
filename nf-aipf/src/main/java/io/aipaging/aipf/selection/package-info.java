/** Ranks the anchors that may serve a session. */
@NullMarked
package io.aipaging.aipf.selection;

import org.jspecify.annotations.NullMarked;
