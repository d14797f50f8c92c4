/** Traces of requests across functions (W3C Trace Context, OTLP), and what correlates log lines. */
@NullMarked
package io.aipaging.sbi.trace;

import org.jspecify.annotations.NullMarked;
