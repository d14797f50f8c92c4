package io.aipaging.sbi.schema;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * A {@code pattern} of an OpenAPI file. Its dialect is ECMA-262, where {@code $} is the end of the
 * text; to Java it is also the place before a line break at the end, and "id\n" would be an id.
 */
final class ContractPattern implements RegularExpression {
  private final Pattern pattern;

  /** Compiles {@code regex}; throws {@link IllegalArgumentException} when it is malformed. */
  ContractPattern(String regex) {
    this.pattern = Pattern.compile(atVeryEnd(regex));
  }

  @Override
  public boolean matches(String value) {
    return pattern.matcher(value).find();
  }

  private static String atVeryEnd(String regex) {
    StringBuilder java = new StringBuilder(regex.length() + 8);
    boolean inClass = false;
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '\\' && i + 1 < regex.length()) {
        i++;
        java.append(c).append(regex.charAt(i));
      } else if (c == '$' && !inClass) {
        java.append("\\z");
      } else {
        inClass = c == '[' || (inClass && c != ']');
        java.append(c);
      }
    }
    return java.toString();
  }
}
