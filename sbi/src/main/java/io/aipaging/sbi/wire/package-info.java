/** What both ends of the service-based interface agree on: headers and ProblemDetails. */
@NullMarked
package io.aipaging.sbi.wire;

import org.jspecify.annotations.NullMarked;
