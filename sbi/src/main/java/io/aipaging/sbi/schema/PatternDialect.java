package io.aipaging.sbi.schema;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.regex.Pattern;

/**
 * Patterns as OpenAPI means them (ECMA-262): {@code $} is the end of the text. Java's would also
 * match before a line terminator at the end, so that {@code "id\n"} passed for an id.
 */
final class PatternDialect implements RegularExpressionFactory {
  @Override
  public RegularExpression getRegularExpression(String regex) {
    Pattern pattern = Pattern.compile(java(regex));
    return text -> pattern.matcher(text).find();
  }

  /** The same pattern in Java's dialect. */
  static String java(String regex) {
    StringBuilder java = new StringBuilder(regex.length() + 8);
    boolean inClass = false;
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '\\' && i + 1 < regex.length()) {
        java.append(c).append(regex.charAt(++i));
        continue;
      }
      inClass = c == '[' || (inClass && c != ']');
      if (c == '$' && !inClass) {
        java.append("\\z");
      } else {
        java.append(c);
      }
    }
    return java.toString();
  }
}
