package io.aipaging.sbi.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares media types without their parameters. */
public final class MediaTypes {
  /** The one media type of request and answer bodies. */
  public static final String JSON = "application/json";

  private MediaTypes() {}

  /** Whether a {@code Content-Type} names {@code mediaType}, in UTF-8 when it names a charset. */
  public static boolean is(@Nullable String contentType, String mediaType) {
    if (contentType == null) {
      return false;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    if (!parts[0].strip().equals(mediaType)) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return true;
  }
}
