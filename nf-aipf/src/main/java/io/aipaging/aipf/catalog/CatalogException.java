package io.aipaging.aipf.catalog;

/** A catalogue that cannot be used; the function refuses to start with it. */
public final class CatalogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A refused catalogue.
   *
   * @param message where in the file and what is wrong
   */
  public CatalogException(String message) {
    super(message);
  }

  /** A refused catalogue and what went wrong below. */
  public CatalogException(String message, Throwable cause) {
    super(message, cause);
  }
}
