/** Throw-away PostgreSQL servers that can be killed, frozen and replaced by a standby. */
@NullMarked
package io.aipaging.postgres;

import org.jspecify.annotations.NullMarked;
