package io.aipaging.aipf.intent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnglishCheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "embed my field notes, data stays in the EU, answer within 200 ms",
        "chat",
        "transcribe audio",
        "translate \"wo ist der Bahnhof und das Hotel\" to English",
        "translate “je ne sais pas” for me",
        "describe my café photo in the résumé",
      })
  void englishPasses(String sentence) {
    assertThat(EnglishCheck.looksEnglish(sentence)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "übersetze meinen Brief ins Englische",
        "ich möchte chatten",
        "transcris la réunion de ce matin",
        "quiero traducir un texto al inglés",
        "riassumi questo articolo",
        "vertaal deze brief naar het Engels",
        "proszę przetłumacz tekst",
        "переведи письмо",
        "翻訳してください",
      })
  void otherLanguagesDoNot(String sentence) {
    assertThat(EnglishCheck.looksEnglish(sentence)).isFalse();
  }
}
