/** Looks whether a machine and a configuration are as they should be, and says what to do. */
@NullMarked
package io.aipaging.cli.doctor;

import org.jspecify.annotations.NullMarked;
