/** How log lines look, what correlates them, and the lines that are about security. */
@NullMarked
package io.aipaging.sbi.logging;

import org.jspecify.annotations.NullMarked;
