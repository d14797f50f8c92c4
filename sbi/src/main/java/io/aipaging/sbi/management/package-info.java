/** Health, readiness and metrics, on a port of their own. */
@NullMarked
package io.aipaging.sbi.management;

import org.jspecify.annotations.NullMarked;
