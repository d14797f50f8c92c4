package io.aipaging.aipf.intent;

import static io.aipaging.aipf.catalog.TestCatalogs.aisi;
import static io.aipaging.aipf.catalog.TestCatalogs.anchor;
import static io.aipaging.aipf.catalog.TestCatalogs.placed;
import static io.aipaging.aipf.catalog.TestCatalogs.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.catalog.AiService;
import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.intent.NotResolvable.Reason;
import io.aipaging.openapi.paging.Intent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** With an embedder that counts words: similarity is the share of words two sentences share. */
class IntentResolverTest {
  private static final List<String> VOCABULARY =
      List.of("embed", "notes", "chat", "assistant", "translate", "letter", "draw", "picture");
  private static final AiService EMBED =
      service(aisi("embed", "standard"), "EMBEDDING", 1, "embed notes");
  private static final AiService CHAT_SMALL =
      service(aisi("chat", "economy"), "CHAT", 2, "chat assistant");
  private static final AiService CHAT_LARGE =
      service(aisi("chat", "premium"), "CHAT", 3, "chat assistant");
  private static final AiService TRANSLATE =
      service(aisi("translate", "standard"), "TRANSLATION", 4, "translate letter");
  private static final Catalog CATALOG =
      new Catalog(
          "EUR",
          List.of(EMBED, CHAT_SMALL, CHAT_LARGE, TRANSLATE),
          List.of(
              placed(anchor("de", 1, EMBED.aisi(), CHAT_SMALL.aisi()), "DE", 3, 20, 1),
              placed(anchor("fr", 2, CHAT_LARGE.aisi()), "FR", 5, 20, 4),
              placed(anchor("us", 3, EMBED.aisi(), TRANSLATE.aisi()), "US", 1, 90, 0.5)),
          List.of("draw picture"));

  private final List<String> embedded = new ArrayList<>();
  private final IntentResolver resolver = new IntentResolver(CATALOG, this::countWords);

  private float[] countWords(String sentence) {
    embedded.add(sentence);
    float[] vector = new float[VOCABULARY.size() + 1];
    for (String word : sentence.toLowerCase(Locale.ROOT).split("[^a-z]+")) {
      int index = VOCABULARY.indexOf(word);
      vector[index < 0 ? VOCABULARY.size() : index]++;
    }
    vector[VOCABULARY.size()] *= 0.5f;
    return vector;
  }

  @Test
  void aSentenceFindsItsServiceAndItsLimits() {
    Resolved resolved = resolved(text("embed my notes, data stays in the EU, within 500 ms"));
    assertThat(resolved.service()).isEqualTo(EMBED);
    assertThat(resolved.confidence()).isBetween(0.9, 1.0);
    var profile = resolved.profile();
    assertThat(profile.task()).isEqualTo("EMBEDDING");
    assertThat(profile.modality()).isEqualTo("TEXT");
    assertThat(profile.tier()).isEqualTo("STANDARD");
    assertThat(profile.ttftMs()).isEqualTo(200);
    assertThat(profile.p99Ms()).isEqualTo(900);
    assertThat(profile.successProbability()).isEqualTo(0.99);
    assertThat(profile.residency()).containsExactly("EU");
    assertThat(profile.trustMin()).isZero();
    assertThat(profile.priceMax()).isNull();
    assertThat(profile.mobility()).isEqualTo("MAKE_BEFORE_BREAK");
    assertThat(profile.qos()).isEqualTo("NONE");
  }

  @Test
  void aTaskAloneIsEnoughAndCertain() {
    Resolved resolved = resolved(task("TRANSLATION", null));
    assertThat(resolved.service()).isEqualTo(TRANSLATE);
    assertThat(resolved.confidence()).isEqualTo(1);
  }

  @Test
  void theTaskIsReadInAnyCase() {
    assertThat(resolved(task("translation", null)).service()).isEqualTo(TRANSLATE);
  }

  @Test
  void structuredLimitsEndUpInTheProfile() {
    var profile =
        resolved(new Intent(null, "CHAT", null, 300, List.of("FR", "DE"), 4, 4.0)).profile();
    assertThat(profile.tier()).isEqualTo("PREMIUM");
    assertThat(profile.residency()).containsExactly("DE", "FR");
    assertThat(profile.trustMin()).isEqualTo(4);
    assertThat(profile.priceMax()).isEqualTo(4.0);
  }

  @Test
  void structureWinsOverTheSentenceMemberByMember() {
    Intent intent =
        new Intent(
            "translate a letter, data stays in the US, at most 2 per 1000",
            "EMBEDDING",
            null,
            null,
            List.of("DE"),
            null,
            null);
    Resolved resolved = resolved(intent);
    assertThat(resolved.service()).isEqualTo(EMBED);
    assertThat(resolved.confidence()).isEqualTo(1);
    assertThat(resolved.profile().residency()).containsExactly("DE");
    assertThat(resolved.profile().priceMax()).isEqualTo(2);
  }

  @Test
  void anOffTopicSentenceDoesNotStopANamedTask() {
    Intent intent = new Intent("draw a picture", "EMBEDDING", null, null, null, null, null);
    assertThat(resolved(intent).service()).isEqualTo(EMBED);
  }

  @Test
  void theTierWishOfASentenceDecidesBetweenServicesOfATask() {
    assertThat(resolved(text("chat with an assistant")).service()).isEqualTo(CHAT_SMALL);
    assertThat(resolved(text("best quality chat with an assistant")).service())
        .isEqualTo(CHAT_LARGE);
    assertThat(resolved(text("cheap chat with an assistant")).service()).isEqualTo(CHAT_SMALL);
  }

  @Test
  void aWishedTierNobodyOffersIsOnlyAWish() {
    assertThat(resolved(text("premium translate my letter")).service()).isEqualTo(TRANSLATE);
  }

  @Test
  void aStructuredTierIsHardAndWinsOverTheWish() {
    Intent intent = new Intent("cheap chat assistant", null, "premium", null, null, null, null);
    assertThat(resolved(intent).service()).isEqualTo(CHAT_LARGE);
    NotResolvable refused = refused(task("TRANSLATION", "PREMIUM"));
    assertThat(refused.reason()).isEqualTo(Reason.NO_SUCH_SERVICE);
    assertThat(refused.nearest()).containsExactly("translate standard");
  }

  @Test
  void aStructuredTierNeverTurnsASentenceIntoAnotherTask() {
    Intent intent = new Intent("translate my letter", null, "PREMIUM", null, null, null, null);
    assertThat(refused(intent).reason()).isEqualTo(Reason.NO_SUCH_SERVICE);
  }

  @Test
  void limitsDecideBetweenServicesOfATask() {
    assertThat(resolved(text("chat assistant, hosted in France")).service()).isEqualTo(CHAT_LARGE);
    assertThat(resolved(text("best quality chat assistant, hosted in Germany")).service())
        .isEqualTo(CHAT_SMALL);
  }

  @Test
  void limitsNobodyKeepsAreRefusedWithTheObstacle() {
    assertNotOffered(text("translate my letter, data stays in the EU"), "OUTSIDE_RESIDENCY");
    assertNotOffered(text("translate my letter, trust at least 2"), "TRUST_TOO_LOW");
    assertNotOffered(text("translate my letter, at most 0.4 per 1000"), "TOO_EXPENSIVE");
    assertNotOffered(text("translate my letter within 199 ms"), "LATENCY_NOT_PROMISED");
  }

  @Test
  void offTopicSentencesAreRefusedWithAHint() {
    NotResolvable refused = refused(text("order me a pizza and notes"));
    assertThat(refused.reason()).isEqualTo(Reason.NOT_UNDERSTOOD);
    assertThat(refused.nearest()).hasSize(2);
    assertThat(refused.nearest().getFirst()).isEqualTo("embed standard");
    assertThat(refused.explanation())
        .startsWith("the text asks for no service on offer; nearest: embed standard, ");
  }

  @Test
  void whatIsKnownNotToBeOfferedIsRefused() {
    assertThat(refused(text("draw a picture of a chat assistant")).reason())
        .isEqualTo(Reason.NOT_UNDERSTOOD);
  }

  @Test
  void aSentenceThatFitsTwoTasksIsRefused() {
    NotResolvable refused = refused(text("embed notes translate letter"));
    assertThat(refused.reason()).isEqualTo(Reason.AMBIGUOUS);
    assertThat(refused.nearest()).containsExactlyInAnyOrder("embed standard", "translate standard");
  }

  @Test
  void aSentenceOfLimitsOnlyIsRefused() {
    assertThat(refused(text("in the EU, within 200 ms")).reason()).isEqualTo(Reason.NOT_UNDERSTOOD);
  }

  @Test
  void anUnreadLimitIsRefusedUnlessStructureSaysIt() {
    String sentence = "embed my notes, data must not be processed in the US";
    NotResolvable refused = refused(text(sentence));
    assertThat(refused.reason()).isEqualTo(Reason.LIMIT_NOT_UNDERSTOOD);
    assertThat(refused.detail()).contains("residency");
    Intent clear = new Intent(sentence, null, null, null, List.of("EU"), null, null);
    assertThat(resolved(clear).profile().residency()).containsExactly("EU");
  }

  @Test
  void emptyIntentsAreRefused() {
    assertThat(refused(text("")).reason()).isEqualTo(Reason.EMPTY);
    assertThat(refused(text(" \n ")).reason()).isEqualTo(Reason.EMPTY);
    assertThat(refused(new Intent(null, null, "PREMIUM", 5, null, 1, 1.0)).reason())
        .isEqualTo(Reason.EMPTY);
  }

  @Test
  void textsAreBounded() {
    String longest = "embed notes ".repeat(84).substring(0, 1000);
    assertThat(resolved(text(longest)).service()).isEqualTo(EMBED);
    assertThat(refused(text(longest + "x")).reason()).isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void otherLanguagesAreRefused() {
    assertThat(refused(text("ich möchte mit einem assistant chat")).reason())
        .isEqualTo(Reason.NOT_ENGLISH);
  }

  @Test
  void impossibleStructuredLimitsAreRefused() {
    for (Intent intent :
        List.of(
            new Intent(null, "CHAT", null, 0, null, null, null),
            new Intent(null, "CHAT", null, 600_001, null, null, null),
            new Intent(null, "CHAT", null, null, List.of("Mars"), null, null),
            new Intent(null, "CHAT", null, null, null, 6, null),
            new Intent(null, "CHAT", null, null, null, null, -1.0),
            new Intent(null, "CHAT", null, null, null, null, Double.NaN))) {
      assertThat(refused(intent).reason()).isEqualTo(Reason.INVALID_LIMIT);
    }
  }

  @Test
  void anUnknownTaskIsRefused() {
    NotResolvable refused = refused(task("TELEPORT", null));
    assertThat(refused.reason()).isEqualTo(Reason.NO_SUCH_SERVICE);
    assertThat(refused.nearest()).isEmpty();
    assertThat(refused.explanation()).isEqualTo("no service does this task");
  }

  @Test
  void refusalsNeverRepeatTheText() {
    for (String sentence :
        List.of(
            "xyzzy the plugh",
            "embed notes for xyzzy, data must not be in the US",
            "ich xyzzy und der")) {
      assertThat(refused(text(sentence)).toString()).doesNotContain("xyzzy");
    }
  }

  @Test
  void phrasesAreEmbeddedOnceAndTheSentenceOncePerIntent() {
    assertThat(embedded)
        .containsExactlyInAnyOrder(
            "embed notes", "chat assistant", "translate letter", "draw picture");
    embedded.clear();
    var _ = resolver.resolve(text("embed my notes within 900 ms"));
    assertThat(embedded).containsExactly("embed my notes");
  }

  private static Intent text(String sentence) {
    return Intent.ofText(sentence);
  }

  private static Intent task(String task, String tier) {
    return new Intent(null, task, tier, null, null, null, null);
  }

  private void assertNotOffered(Intent intent, String obstacle) {
    NotResolvable refused = refused(intent);
    assertThat(refused.reason()).isEqualTo(Reason.LIMIT_NOT_OFFERED);
    assertThat(refused.detail()).contains(obstacle);
    assertThat(refused.nearest()).isNotEmpty();
  }

  private Resolved resolved(Intent intent) {
    Resolution resolution = resolver.resolve(intent);
    assertThat(resolution).isInstanceOf(Resolved.class);
    return (Resolved) resolution;
  }

  private NotResolvable refused(Intent intent) {
    Resolution resolution = resolver.resolve(intent);
    assertThat(resolution).isInstanceOf(NotResolvable.class);
    return (NotResolvable) resolution;
  }
}
