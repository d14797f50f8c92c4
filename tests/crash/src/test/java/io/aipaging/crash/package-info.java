/** Processes that are killed, stopped and set to other times under load; what must hold then. */
@NullMarked
package io.aipaging.crash;

import org.jspecify.annotations.NullMarked;
