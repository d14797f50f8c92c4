package io.aipaging.nef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.certs.DevTokens;
import io.aipaging.nef.exposure.FakePaging;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.exposure.AiSession;
import io.aipaging.openapi.exposure.AiSessionRef;
import io.aipaging.openapi.exposure.CreateAiSession;
import io.aipaging.openapi.exposure.ListAiSessions;
import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.openapi.exposure.RenewAiSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.contract.ContractBindings;
import io.aipaging.sbi.contract.HttpNnefAipaging;
import io.aipaging.sbi.server.SbiServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExposureOverHttpIT {
  private final DevTokens tokens = DevTokens.issuerInMemory();
  private final Nef nef =
      NefMain.start(
          new NefConfig(
              "7f9a3c52-0d0e-4d3c-8d0f-0f1f7c6a1a11",
              null,
              null,
              null,
              null,
              List.of(
                  new NefConfig.AppConfig("notes", List.of("10.45.0.0/16"), 5),
                  new NefConfig.AppConfig("chat", List.of("10.45.0.0/16"), 5))),
          new FakePaging());
  private final SbiServer server =
      ContractBindings.bind(
              SbiServer.builder(
                  ListenerConfig.cleartext("127.0.0.1", 0),
                  tokens.policy("NEF"),
                  InstantSource.system()),
              nef.aiPaging())
          .start();
  private final SbiClient notesClient = client("notes");
  private final SbiClient chatClient = client("chat");
  private final NnefAipaging notes = new HttpNnefAipaging(notesClient);
  private final NnefAipaging chat = new HttpNnefAipaging(chatClient);

  private SbiClient client(String afId) {
    return SbiClient.create(
        ClientConfig.cleartext(URI.create("http://127.0.0.1:" + server.port())),
        tokens.source(afId, "NEF"));
  }

  @AfterEach
  void close() {
    notesClient.close();
    chatClient.close();
    server.close();
    nef.close();
  }

  private static Call call() {
    return Call.within("ignored", Instant.now(), Duration.ofSeconds(5));
  }

  private static CreateAiSession request(String afId) {
    return new CreateAiSession(afId, "10.45.0.2", Intent.ofText("embed my field notes"), null, 600);
  }

  @Test
  void anAppGoesThroughALifeOfASession() {
    AiSession made = notes.createAiSession(call(), request("notes"));
    AiSessionRef ref = new AiSessionRef("notes", made.sessionId());
    assertThat(made.token()).isNotNull();
    assertThat(notes.getAiSession(call(), ref).state()).isEqualTo("ACTIVE");
    assertThat(notes.renewAiSession(call(), new RenewAiSession("notes", made.sessionId(), 900)))
        .extracting(AiSession::expiresAt)
        .isEqualTo(FakePaging.START.plusSeconds(900));
    assertThat(notes.listAiSessions(call(), new ListAiSessions("notes", 10, null)).sessions())
        .hasSize(1);
    assertThat(notes.releaseAiSession(call(), ref)).isEqualTo(NoContent.INSTANCE);
    assertThat(notes.getAiSession(call(), ref).state()).isEqualTo("RELEASED");
  }

  @Test
  void theTokenDecidesWhoSpeaks() {
    AiSession made = notes.createAiSession(call(), request("notes"));
    assertRefused(
        () -> chat.getAiSession(call(), new AiSessionRef("notes", made.sessionId())),
        403,
        "AF_NOT_AUTHORIZED");
    assertRefused(
        () -> chat.getAiSession(call(), new AiSessionRef("chat", made.sessionId())),
        404,
        "SESSION_NOT_FOUND");
  }

  private static void assertRefused(ThrowingCallable action, int status, String cause) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(status);
              assertThat(refusal.problemCause()).isEqualTo(cause);
            });
  }
}
