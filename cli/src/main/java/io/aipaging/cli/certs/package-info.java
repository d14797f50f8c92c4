/** Certificates and keys for development, and a look at any. */
@NullMarked
package io.aipaging.cli.certs;

import org.jspecify.annotations.NullMarked;
