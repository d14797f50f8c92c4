/** Anchors: the real admission service, on a disk that stays and in a process that does not. */
@NullMarked
package io.aipaging.simulation.anchor;

import org.jspecify.annotations.NullMarked;
