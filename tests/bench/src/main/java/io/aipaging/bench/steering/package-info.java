/** What steering costs in the kernel. */
@NullMarked
package io.aipaging.bench.steering;

import org.jspecify.annotations.NullMarked;
