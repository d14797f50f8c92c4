/**
 * What leases cost, compared with the least they could cost, in one run on one machine. Everything
 * compared is measured in turns, so that both sides see the same noise.
 */
@NullMarked
package io.aipaging.bench.lease;

import org.jspecify.annotations.NullMarked;
