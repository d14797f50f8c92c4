/** When packets stop at the end of a lease. */
@org.jspecify.annotations.NullMarked
package io.aipaging.eval.enforcement;
