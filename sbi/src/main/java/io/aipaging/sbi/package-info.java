/** Runtime of service-based interfaces. */
@NullMarked
package io.aipaging.sbi;

import org.jspecify.annotations.NullMarked;
