/** What follows from what enforcers and the core tell without being asked. */
@NullMarked
package io.aipaging.aipf.events;

import org.jspecify.annotations.NullMarked;
