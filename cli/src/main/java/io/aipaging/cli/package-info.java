/** The aipaging command. */
@NullMarked
package io.aipaging.cli;

import org.jspecify.annotations.NullMarked;
