/** {@code aipaging core}: what a 5G core beside us can do. */
@NullMarked
package io.aipaging.cli.core;

import org.jspecify.annotations.NullMarked;
