/** Serves operations and raw routes over HTTP/2 and HTTP/1.1. */
@NullMarked
package io.aipaging.sbi.server;

import org.jspecify.annotations.NullMarked;
