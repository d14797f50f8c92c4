package io.aipaging.aipf.intent;

/** What became of an intent. */
public sealed interface Resolution permits Resolved, NotResolvable {}
