/** naipf-keyinfo: the public keys of an AIPF Set. */
@NullMarked
package io.aipaging.openapi.keyinfo;

import org.jspecify.annotations.NullMarked;
