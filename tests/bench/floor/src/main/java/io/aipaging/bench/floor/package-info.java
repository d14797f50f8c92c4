/** The least that the AIPF's work costs: its exchanges, signatures and durable writes, no logic. */
@NullMarked
package io.aipaging.bench.floor;

import org.jspecify.annotations.NullMarked;
