/** How long a function takes to be ready, and what it needs when idle. */
@org.jspecify.annotations.NullMarked
package io.aipaging.eval.startup;
