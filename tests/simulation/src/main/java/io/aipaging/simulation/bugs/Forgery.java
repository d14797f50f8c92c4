package io.aipaging.simulation.bugs;

import io.aipaging.protocol.TokenRejected;
import io.aipaging.simulation.signing.HashSigning;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** COMMITs as somebody could write them who has the Set's keys. */
record Forgery(HashSigning signing) {
  private static final String TYPE = "commit+jwt";
  private static final Pattern GEN = Pattern.compile("\"gen\":(\\d+)");
  private static final Pattern EXP_MS = Pattern.compile("\"exp_ms\":(\\d+)");
  private static final Pattern EXP = Pattern.compile("\"exp\":(\\d+)");
  private static final Pattern ANCHOR = Pattern.compile("\"anchor\":\\{\"id\":\"([^\"]+)\"");
  private static final long MILLIS = 1_000;

  static boolean is(String jws, String role) {
    return jws.contains("\"role\":\"" + role + "\"");
  }

  static String anchor(String jws) {
    Matcher matcher = ANCHOR.matcher(jws);
    if (!matcher.find()) {
      throw new IllegalStateException("a COMMIT names its anchor");
    }
    return matcher.group(1);
  }

  /** The same, {@code more} generations later. */
  String newer(String jws, long more) {
    return signed(plus(GEN, payload(jws), more));
  }

  /** The payload of the same, valid for so many milliseconds more. */
  static String longer(String payload, long millis) {
    String longer = plus(EXP_MS, payload, millis);
    Matcher matcher = EXP_MS.matcher(longer);
    if (!matcher.find()) {
      return payload;
    }
    long seconds = Long.parseLong(matcher.group(1)) / MILLIS;
    return EXP.matcher(longer).replaceFirst("\"exp\":" + seconds);
  }

  private static String plus(Pattern number, String payload, long more) {
    return number
        .matcher(payload)
        .replaceFirst(
            found -> {
              long value = Long.parseLong(found.group(1));
              return found.group().replace(found.group(1), Long.toString(value + more));
            });
  }

  private String payload(String jws) {
    try {
      return signing.payload(jws, TYPE);
    } catch (TokenRejected e) {
      throw new IllegalStateException("only what was believed is forged", e);
    }
  }

  private String signed(String payload) {
    return signing.forType(TYPE).sign(payload);
  }
}
