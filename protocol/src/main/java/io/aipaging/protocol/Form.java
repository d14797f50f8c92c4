package io.aipaging.protocol;

/**
 * Texts of some ASCII characters and of bounded length. COMMITs, evidence and rows consist of them
 * and are made and read all the time, so no regular expression is asked.
 */
final class Form {
  private final String description;
  private final boolean[] first;
  private final boolean[] others;
  private final int charactersMin;
  private final int charactersMax;

  /**
   * A form.
   *
   * @param first what a text begins with: characters and ranges, {@code A-Z_}; a minus stands last
   * @param others what it goes on with
   * @param charactersMin 1 or more
   * @param charactersMax longest text
   */
  Form(String first, String others, int charactersMin, int charactersMax) {
    this.description =
        "[%s][%s]*, %d to %d characters".formatted(first, others, charactersMin, charactersMax);
    this.first = members(first);
    this.others = members(others);
    this.charactersMin = charactersMin;
    this.charactersMax = charactersMax;
  }

  /** A form whose texts begin as they go on. */
  static Form of(String characters, int charactersMin, int charactersMax) {
    return new Form(characters, characters, charactersMin, charactersMax);
  }

  private static boolean[] members(String set) {
    boolean[] members = new boolean[128];
    for (int i = 0; i < set.length(); i++) {
      boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
      char last = range ? set.charAt(i + 2) : set.charAt(i);
      for (char member = set.charAt(i); member <= last; member++) {
        members[member] = true;
      }
      i += range ? 2 : 0;
    }
    return members;
  }

  /** Whether {@code text} has this form. */
  boolean fits(String text) {
    int length = text.length();
    if (length < charactersMin || length > charactersMax || !in(first, text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      if (!in(others, text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean in(boolean[] members, char character) {
    return character < members.length && members[character];
  }

  /** The form in words. */
  @Override
  public String toString() {
    return description;
  }
}
