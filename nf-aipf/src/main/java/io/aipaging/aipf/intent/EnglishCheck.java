package io.aipaging.aipf.intent;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells sentences in other languages from English by their small words: the model is trained on
 * English and its similarities mean little elsewhere. Quoted text does not count, it may be what is
 * to be translated.
 */
final class EnglishCheck {
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]");
  private static final Pattern WORD_GAP = Pattern.compile("[^\\p{L}]+");
  private static final Set<String> ENGLISH =
      words(
          "a an the my our your their his her its this that these those what which who how where",
          "i me we us you it they them to of and or in on at for from with without by as into",
          "is are was be been do does can could will would should must need want give please",
          "not no there when while so than then");

  /**
   * Of German, French, Spanish, Italian, Portuguese, Dutch, Swedish and Polish; none is English.
   */
  private static final Set<String> FOREIGN =
      words(
          "ich wir und der das dem ein eine einen einem mit nicht mein meine meinen unsere bitte",
          "ins auf zu zum zur von ist sind aus diesen diese dieses",
          "je le la les une des du et mon ma mes avec pour est ce cette ces dans que nous vous",
          "el los las un una unos quiero para con mi mis por favor necesito del al y en este esta",
          "il lo gli questo questa che mio voglio di della nel quero um uma meu minha",
          "het een mijn deze naar van voor ik wil graag jag vill att och ett ta proszę");

  private EnglishCheck() {}

  private static Set<String> words(String... lines) {
    return Stream.of(lines).flatMap(WORD_GAP::splitAsStream).collect(toUnmodifiableSet());
  }

  /** Whether {@code sentence} has no more foreign than English small words. */
  static boolean looksEnglish(String sentence) {
    int english = 0;
    int foreign = 0;
    String unquoted = QUOTED.matcher(sentence).replaceAll(" ");
    for (String word : WORD_GAP.split(unquoted.toLowerCase(Locale.ROOT), -1)) {
      if (ENGLISH.contains(word)) {
        english++;
      } else if (FOREIGN.contains(word) || !word.chars().allMatch(c -> c < 128)) {
        foreign++;
      }
    }
    return foreign <= english;
  }
}
