/** What AI services exist and where they may run. */
@NullMarked
package io.aipaging.aipf.catalog;

import org.jspecify.annotations.NullMarked;
