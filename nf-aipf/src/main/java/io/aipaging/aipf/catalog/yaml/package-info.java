/** Reads the catalogue from a YAML file. */
@NullMarked
package io.aipaging.aipf.catalog.yaml;

import org.jspecify.annotations.NullMarked;
