/** The demonstration: one story, told on a kernel gate or on the userspace gateway. */
@NullMarked
package io.aipaging.cli.demo;

import org.jspecify.annotations.NullMarked;
