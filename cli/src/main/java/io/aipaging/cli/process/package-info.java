/** Child processes of this very program, started, awaited and ended by pid. */
@NullMarked
package io.aipaging.cli.process;

import org.jspecify.annotations.NullMarked;
