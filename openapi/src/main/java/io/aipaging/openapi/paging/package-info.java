/** naipf-paging: page, read, renew, relocate, release. */
@NullMarked
package io.aipaging.openapi.paging;

import org.jspecify.annotations.NullMarked;
