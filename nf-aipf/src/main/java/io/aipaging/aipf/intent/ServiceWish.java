package io.aipaging.aipf.intent;

import org.jspecify.annotations.Nullable;

/**
 * What decides between services of one task.
 *
 * @param limits hard limits
 * @param tier wished tier, or null
 * @param match how alike each service is to the intent's sentence
 */
record ServiceWish(Limits limits, @Nullable String tier, SentenceMatch match) {}
