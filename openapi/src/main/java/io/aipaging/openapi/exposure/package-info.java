/** nnef-aipaging: what a third-party app sees. */
@NullMarked
package io.aipaging.openapi.exposure;

import org.jspecify.annotations.NullMarked;
