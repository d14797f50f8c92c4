/** Builds container images without a container engine. */
@NullMarked
package io.aipaging.cli.image;

import org.jspecify.annotations.NullMarked;
