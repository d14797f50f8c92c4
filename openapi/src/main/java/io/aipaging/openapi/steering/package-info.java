/** nsmfadapter-steering: steering by COMMIT only. */
@NullMarked
package io.aipaging.openapi.steering;

import org.jspecify.annotations.NullMarked;
