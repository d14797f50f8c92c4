/** Alarms on a hashed wheel timer. */
@NullMarked
package io.aipaging.aipf.upkeep.wheel;

import org.jspecify.annotations.NullMarked;
