package io.aipaging.cli.demo;

import io.aipaging.openapi.exposure.AiSession;
import io.aipaging.openapi.paging.SessionToken;
import java.time.Duration;
import java.util.List;

/** The sentences of the story and how the UE has them embedded. */
final class Notes {
  static final List<String> TEXTS =
      List.of(
          "The river gauge rose by forty centimetres after the storm.",
          "Water levels climbed sharply once the rain had passed.",
          "My sister plays the cello in a small orchestra.");
  private static final Duration PACE = Duration.ofMillis(5);
  private static final Duration STREAM_TIME_MAX = Duration.ofSeconds(15);

  private Notes() {}

  /** A client of the service, as the session gives its address. */
  static InferenceClient client(AiSession session, SessionToken token, boolean keepAlive) {
    return new InferenceClient(
        String.valueOf(session.serviceUri()), token.accessToken(), keepAlive);
  }

  /** Embeds them over and over, as the UE. */
  static RequestStream stream(UeNetwork ue, InferenceClient client) {
    return RequestStream.start(
        ue, PACE, () -> DemoFailed.unless(client.embed(TEXTS).size() == 3, "no vectors"));
  }

  /** Until so many have been embedded. */
  static void awaitRequests(RequestStream stream, int wanted) {
    var _ =
        Await.first(
            stream::requests, n -> n >= wanted, STREAM_TIME_MAX, "the request stream stalled");
  }
}
