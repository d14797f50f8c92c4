/** What every contract shares: calls, refusals, operations. */
@NullMarked
package io.aipaging.openapi;

import org.jspecify.annotations.NullMarked;
