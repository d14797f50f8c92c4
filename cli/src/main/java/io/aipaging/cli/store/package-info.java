/** {@code aipaging store}: checks and copies an AIPF's store at rest. */
@NullMarked
package io.aipaging.cli.store;

import org.jspecify.annotations.NullMarked;
