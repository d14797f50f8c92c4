package io.aipaging.pcfadapter.qosbinding.n5;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id in an app session's URI, absolute or relative; anything odd is no id. */
final class AppSessionId {
  private static final Pattern URI =
      Pattern.compile(".{0,1024}/app-sessions/([A-Za-z0-9._~:-]{1,256})(/events-subscription)?/?");

  private AppSessionId() {}

  static @Nullable String of(@Nullable String uri) {
    Matcher matcher = URI.matcher(uri == null ? "" : uri);
    if (!matcher.matches() || matcher.group(1).matches("\\.+")) {
      return null;
    }
    return matcher.group(1);
  }
}
