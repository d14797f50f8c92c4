/** Commands that talk to a running set: sessions and their evidence. */
@NullMarked
package io.aipaging.cli.session;

import org.jspecify.annotations.NullMarked;
