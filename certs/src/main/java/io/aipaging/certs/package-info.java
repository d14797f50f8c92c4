/** Development PKI and token issuer; never for production. */
@NullMarked
package io.aipaging.certs;

import org.jspecify.annotations.NullMarked;
