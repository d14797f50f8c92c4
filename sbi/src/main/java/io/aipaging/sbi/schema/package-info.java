/** Validates requests against a contract's OpenAPI file. */
@NullMarked
package io.aipaging.sbi.schema;

import org.jspecify.annotations.NullMarked;
