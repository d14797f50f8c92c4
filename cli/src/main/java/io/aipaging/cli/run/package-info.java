/** Running network functions: one of a configuration file, or a whole set in one process. */
@NullMarked
package io.aipaging.cli.run;

import org.jspecify.annotations.NullMarked;
