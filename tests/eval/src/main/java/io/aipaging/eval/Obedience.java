package io.aipaging.eval;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The side of a {@link Child} that obeys. */
final class Obedience {
  private Obedience() {}

  /** What is done with a line. */
  @FunctionalInterface
  interface Deed {
    void carryOut(String line) throws Exception;
  }

  /** Says that it is ready and obeys until nobody speaks any more. */
  static void obey(Deed deed) throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println(Child.ANSWER + Child.DONE);
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      String answer = Child.DONE;
      try {
        deed.carryOut(line);
      } catch (Exception e) {
        answer = String.valueOf(e.getMessage()).replace('\n', ' ');
      }
      System.out.println(Child.ANSWER + answer);
    }
  }
}
