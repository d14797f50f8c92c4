package io.aipaging.smfadapter.steering.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.SessionId;
import io.aipaging.smfadapter.steering.AnchorProbe.Answer;
import io.aipaging.smfadapter.steering.AnchorProbeFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnchorProbeTest {
  private static final SessionId SESSION = new SessionId("session-1");
  private static final String BODY =
      "{\"anchorId\":\"a\",\"sid\":\"session-1\",\"gen\":7,\"healthy\":true,\"more\":1}";

  private ServerSocket agent;

  @BeforeEach
  void listen() throws IOException {
    agent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    agent.close();
  }

  @Test
  void asksForTheSessionAndReadsTheAnswerWithoutWaitingForTheEnd() throws Exception {
    CompletableFuture<String> asked = answerAndStayOpen(ok(BODY));

    assertThat(ask(Duration.ofSeconds(5))).isEqualTo(new Answer("a", "session-1", 7L, true));
    assertThat(asked.join()).isEqualTo("GET /.well-known/aipaging/probe?sid=session-1 HTTP/1.1");
  }

  @Test
  void anAgentWithoutTheLeaseGivesNoGeneration() throws Exception {
    answerAndStayOpen(ok("{\"anchorId\":\"a\",\"sid\":\"session-1\",\"healthy\":false}"));

    assertThat(ask(Duration.ofSeconds(5))).isEqualTo(new Answer("a", "session-1", null, false));
  }

  @Test
  void anErrorStatusIsTheProblem() {
    answerAndStayOpen("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

    assertProblem("HTTP_404");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"anchorId\":1}",
        "SSH-2.0-x\r\nContent-Length: 0\r\n\r\n"
      })
  void anythingElseIsMalformed(String answer) {
    answerAndStayOpen(answer);

    assertProblem("MALFORMED_ANSWER");
  }

  @Test
  void aSilentAgentTimesOut() {
    answerAndStayOpen("HTTP/1.1 200 OK\r\n");

    assertThatThrownBy(() -> ask(Duration.ofMillis(200)))
        .isInstanceOf(SocketTimeoutException.class);
  }

  private void assertProblem(String problem) {
    assertThatThrownBy(() -> ask(Duration.ofSeconds(5)))
        .isInstanceOfSatisfying(
            AnchorProbeFailed.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  private Answer ask(Duration timeMax) throws IOException {
    try (Socket socket = new Socket(agent.getInetAddress(), agent.getLocalPort())) {
      return new HttpAnchorProbe().ask(socket, SESSION, timeMax);
    }
  }

  /** Answers one connection and reads on; the request line that was asked. */
  private CompletableFuture<String> answerAndStayOpen(String answer) {
    CompletableFuture<String> asked = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket socket = agent.accept()) {
                BufferedReader in =
                    new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                asked.complete(in.readLine());
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                while (in.readLine() != null) {
                  // The rest of the request, until the probe closes.
                }
              } catch (IOException closed) {
                // The test is over.
              }
            });
    return asked;
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
        .formatted(body.length(), body);
  }
}
