/** AI Paging Function. */
@NullMarked
package io.aipaging.aipf;

import org.jspecify.annotations.NullMarked;
