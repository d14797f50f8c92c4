/** Configuration records from YAML and environment. */
@NullMarked
package io.aipaging.sbi.config;

import org.jspecify.annotations.NullMarked;
