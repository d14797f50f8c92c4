/** {@code aipaging simulate}. */
@NullMarked
package io.aipaging.cli.simulate;

import org.jspecify.annotations.NullMarked;
