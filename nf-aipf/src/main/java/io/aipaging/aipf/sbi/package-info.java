/** Serves naipf-paging and naipf-keyinfo. */
@NullMarked
package io.aipaging.aipf.sbi;

import org.jspecify.annotations.NullMarked;
