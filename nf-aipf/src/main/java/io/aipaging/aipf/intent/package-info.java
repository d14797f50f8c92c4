/** From what the user wants to the AI service profile and service that give it. */
@NullMarked
package io.aipaging.aipf.intent;

import org.jspecify.annotations.NullMarked;
