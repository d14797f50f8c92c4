/** The page: from an intent to a steered session. */
@NullMarked
package io.aipaging.aipf.paging;

import org.jspecify.annotations.NullMarked;
