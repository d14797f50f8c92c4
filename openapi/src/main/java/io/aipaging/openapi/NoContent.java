package io.aipaging.openapi;

/** The empty answer of a 204. */
public record NoContent() {
  /** The only value worth having. */
  public static final NoContent INSTANCE = new NoContent();
}
