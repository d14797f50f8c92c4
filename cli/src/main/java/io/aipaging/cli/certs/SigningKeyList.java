package io.aipaging.cli.certs;

import io.aipaging.aipf.keyfile.KeyFiles;
import io.aipaging.aipf.keys.KeyRing;
import io.aipaging.aipf.keys.ListedKeys;
import io.aipaging.protocol.SigningKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Prints the keys of a file, and what becomes of each. */
final class SigningKeyList {
  private SigningKeyList() {}

  /**
   * One line a key.
   *
   * @param published JWKS members of the running AIPF; null when it was not asked
   */
  static void print(PrintWriter out, Path file, @Nullable List<Map<String, Object>> published) {
    ListedKeys listed = KeyFiles.listed(List.of(file));
    UnaryOperator<String> state = states(published);
    for (int i = 0; i < listed.keys().size(); i++) {
      SigningKeys key = listed.keys().get(i);
      String place = i == 0 ? "first" : "former";
      out.printf("kid  %s  %s%s%n", key.kid(), place, state.apply(key.kid()));
    }
    for (String kid : listed.revoked()) {
      out.printf("kid  %s  revoked%s%n", kid, state.apply(kid));
    }
  }

  private static UnaryOperator<String> states(@Nullable List<Map<String, Object>> published) {
    if (published == null) {
      return kid -> "";
    }
    Map<String, String> states = new HashMap<>();
    for (Map<String, Object> key : published) {
      Object state = key.getOrDefault(KeyRing.STATE, "published elsewhere");
      states.put(String.valueOf(key.get("kid")), state.toString().toLowerCase(Locale.ROOT));
    }
    return kid -> "  " + states.getOrDefault(kid, "not published");
  }
}
