/** The HTTP client transport and the TLS options both ends share. */
@NullMarked
package io.aipaging.sbi.transport;

import org.jspecify.annotations.NullMarked;
