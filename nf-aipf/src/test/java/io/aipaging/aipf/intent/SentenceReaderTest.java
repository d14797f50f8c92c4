package io.aipaging.aipf.intent;

import static io.aipaging.aipf.intent.LimitKind.LATENCY;
import static io.aipaging.aipf.intent.LimitKind.PRICE;
import static io.aipaging.aipf.intent.LimitKind.RESIDENCY;
import static io.aipaging.aipf.intent.LimitKind.TRUST;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.catalog.Residency;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceReaderTest {
  private final SentenceReader reader = new SentenceReader("EUR");

  @Test
  void theDemoSentenceIsReadWholly() {
    SentenceReading reading =
        reader.read("embed my field notes, data stays in the EU, answer within 200 ms");
    assertThat(reading.rest()).isEqualTo("embed my field notes");
    assertThat(reading.limits())
        .isEqualTo(new Limits(Duration.ofMillis(200), Residency.of(List.of("EU")), null, null));
    assertThat(reading.tierWish()).isNull();
    assertThat(reading.unread()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          answer within 200 ms                        | 200
          first token within half a second            | 500
          in under 2 seconds                          | 2000
          under 1.5 s                                 | 1500
          with a delay of at most 300 milliseconds    | 300
          less than 300 ms delay                      | 300
          in 250ms                                    | 250
          within one second                           | 1000
          within a second                             | 1000
          100 ms or less                              | 100
          2 seconds at most                           | 2000
          no more than 3 secs                         | 3000
          WITHIN 200 MS                               | 200
          within a minute                             | 60000
          within two hours                            | 600000
          within 5 seconds, within 200 ms             | 200
          within 200 ms, within 5 seconds             | 200
          latency < 80 ms                             | 80
          """)
  void latencyBoundsAreRead(String words, long ms) {
    SentenceReading reading = reader.read("translate this " + words);
    assertThat(reading.limits().latencyMax()).isEqualTo(Duration.ofMillis(ms));
    assertThat(reading.rest()).isEqualTo("translate this");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "summarize a talk of 30 seconds",
        "translate within reason",
        "describe 200 ms of video",
        "summarize in five sentences",
        "at least 200 ms"
      })
  void otherTimesAreNoLatencyBounds(String sentence) {
    assertThat(reader.read(sentence).limits().latencyMax()).isNull();
    assertThat(reader.read(sentence).rest()).isEqualTo(sentence);
  }

  @Test
  void aLatencyNobodyCanKeepIsUnread() {
    assertThat(reader.read("chat within 0 ms").unread()).containsExactly(LATENCY);
    assertThat(reader.read("chat within 0.2 ms").unread()).containsExactly(LATENCY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data stays in the EU                            | EU
          data must stay in Germany                       | DE
          stays in the EU/Germany                         | EU
          processed in the European Union                 | EU
          hosted in Germany or France                     | DE FR
          keep it in Austria, Germany or the Netherlands  | AT DE NL
          data never leaves Ireland                       | IE
          data must not leave the EU                      | EU
          without leaving Spain                           | ES
          no data outside the EU                          | EU
          and keep them inside Italy                      | IT
          keep my letters in Poland                       | PL
          in the EU please                                | EU
          in Germany                                      | DE
          EU only                                         | EU
          Germany-only                                    | DE
          on EU servers                                   | EU
          runs in the US                                  | US
          data is kept in the USA                         | US
          stored only in the United Kingdom               | GB
          data stays in europe                            | EU
          data stays in the EU, stored in Germany         | DE
          stored in Germany, data stays in the EU         | DE
          """)
  void residencyIsRead(String words, String codes) {
    SentenceReading reading = reader.read("translate this, " + words);
    assertThat(reading.unread()).isEmpty();
    assertThat(reading.limits().residency()).isEqualTo(Residency.of(List.of(codes.split(" "))));
    assertThat(reading.rest()).startsWith("translate this");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "describe the photos I took in Spain",
        "translate a letter to Germany",
        "translate from English to French",
        "chat with us",
        "tell us what stays in the picture",
        "summarize what was stored in memory",
        "captions stay in English",
        "summarize the news from France",
        "leave Germany out of the summary"
      })
  void otherPlacesAreNoResidency(String sentence) {
    SentenceReading reading = reader.read(sentence);
    assertThat(reading.limits().residency()).isNull();
    assertThat(reading.unread()).isEmpty();
    assertThat(reading.rest()).isEqualTo(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data must not be processed in the US",
        "do not process my data, ever, in the US",
        "never store and process my data in China",
        "keep my data outside the EU",
        "don't host it in Russia",
        "data stays in Atlantis",
        "keep my notes in Bavaria",
        "data stays in my country",
        "data must not leave our building",
        "data stays in Germany, data stays in France",
        "not on US servers"
      })
  void residencyThatCannotBeKeptForSureIsUnread(String words) {
    SentenceReading reading = reader.read("translate this: " + words);
    assertThat(reading.unread()).containsExactly(RESIDENCY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          at most 0.5 per 1000                   | 0.5
          under 2 EUR per thousand requests      | 2
          for less than €0.30 per 1,000 calls    | 0.3
          max 0.001 per request                  | 1
          no more than 4 euros per 1k            | 4
          below 0.8/1000                         | 0.8
          at most 0 per 1000                     | 0
          at most 3 per 1000, under 2 per 1000   | 2
          """)
  void priceCapsAreRead(String words, double price) {
    SentenceReading reading = reader.read("translate this " + words);
    assertThat(reading.limits().priceMax()).isEqualTo(price);
    assertThat(reading.unread()).isEmpty();
    assertThat(reading.rest()).startsWith("translate this");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at most $1 per 1000",
        "at most 1 GBP per 1000 requests",
        "under 5 euros",
        "under 3 cents per request",
        "at most 0.5 per 1000 tokens",
        "at most 0.5 per day",
        "at most 0,5 per 1000",
        "below 10 per million"
      })
  void priceCapsInOtherTermsAreUnread(String words) {
    SentenceReading reading = reader.read("translate this " + words);
    assertThat(reading.unread()).containsExactly(PRICE);
    assertThat(reading.limits().priceMax()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trust at least 3          | 3
          trust level 5             | 5
          trust level of at least 2 | 2
          trusted anchors only      | 4
          only on trusted servers   | 4
          """)
  void trustIsRead(String words, int trust) {
    assertThat(reader.read("translate this, " + words).limits().trustMin()).isEqualTo(trust);
  }

  @Test
  void trustBeyondTheScaleIsUnread() {
    assertThat(reader.read("translate this, trust at least 9").unread()).containsExactly(TRUST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          a cheap chat                      | ECONOMY
          the cheapest chat                 | ECONOMY
          chat, low cost                    | ECONOMY
          chat in best quality              | PREMIUM
          the best chat                     | PREMIUM
          a high-quality chat               | PREMIUM
          premium chat                      | PREMIUM
          chat                              | -
          not cheap but chat                | -
          the best chat for the cheapest    | -
          """)
  void tierWishesAreRead(String sentence, String tier) {
    assertThat(reader.read(sentence).tierWish()).isEqualTo(tier);
  }

  @Test
  void allRulesReadOneSentenceTogether() {
    SentenceReading reading =
        reader.read(
            "I need cheap captions for my talk, at most 0.5 per 1000, in under 2 seconds,"
                + " hosted in France on trusted servers.");
    assertThat(reading.limits())
        .isEqualTo(new Limits(Duration.ofSeconds(2), Residency.of(List.of("FR")), 4, 0.5));
    assertThat(reading.tierWish()).isEqualTo("ECONOMY");
    assertThat(reading.rest()).isEqualTo("I need captions for my talk");
  }

  @Test
  void aSentenceOfLimitsOnlyLeavesNothing() {
    assertThat(reader.read("In the EU, within 200 ms!").rest()).isEmpty();
  }

  @Test
  void hostileTextIsReadInBoundedTime() {
    for (String piece :
        List.of("stays ", "in ", "1", "keep it in ", "at most ", "\"", "the EU, ")) {
      String text = piece.repeat(1000 / piece.length());
      long start = System.nanoTime();
      reader.read(text);
      EnglishCheck.looksEnglish(text);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }
}
