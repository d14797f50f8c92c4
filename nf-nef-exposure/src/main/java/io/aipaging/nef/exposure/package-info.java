/** What a third-party app may see and do: its own sessions, for the UEs it may serve. */
@NullMarked
package io.aipaging.nef.exposure;

import org.jspecify.annotations.NullMarked;
