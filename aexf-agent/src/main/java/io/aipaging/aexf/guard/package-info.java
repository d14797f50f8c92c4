/** Who may reach the model server: token, live lease, sender; rules without any network code. */
@NullMarked
package io.aipaging.aexf.guard;

import org.jspecify.annotations.NullMarked;
