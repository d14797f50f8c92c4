/** Benchmarks. Figures are of one run on one machine: compare ratios, never quote them bare. */
@NullMarked
package io.aipaging.bench;

import org.jspecify.annotations.NullMarked;
