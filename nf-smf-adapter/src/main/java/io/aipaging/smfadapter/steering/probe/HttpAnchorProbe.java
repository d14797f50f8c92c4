package io.aipaging.smfadapter.steering.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.protocol.SessionId;
import io.aipaging.sbi.Json;
import io.aipaging.smfadapter.steering.AnchorProbe;
import io.aipaging.smfadapter.steering.AnchorProbeFailed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * {@code GET /.well-known/aipaging/probe?sid=…} over a given connection, answered by {@code
 * {"anchorId","sid","gen","healthy"}}.
 */
public final class HttpAnchorProbe implements AnchorProbe {
  private static final int ANSWER_BYTES_MAX = 16_384;
  private static final String END_OF_HEAD = "\r\n\r\n";

  @Override
  public Answer ask(Socket connection, SessionId session, Duration timeMax) throws IOException {
    long deadline = System.nanoTime() + timeMax.toNanos();
    String request =
        "GET /.well-known/aipaging/probe?sid=%s HTTP/1.1\r\n".formatted(session.value())
            + "Host: %s:%d\r\n"
                .formatted(connection.getInetAddress().getHostAddress(), connection.getPort())
            + "Accept: application/json\r\nConnection: close\r\n\r\n";
    connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return parse(answer(connection, deadline));
  }

  /** Everything until the agent closes or the announced length is there. */
  private static String answer(Socket connection, long deadline) throws IOException {
    InputStream in = connection.getInputStream();
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    byte[] buffer = new byte[2_048];
    while (received.size() <= ANSWER_BYTES_MAX) {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new SocketTimeoutException("no whole answer in time");
      }
      connection.setSoTimeout(Math.toIntExact(left));
      int count = in.read(buffer);
      if (count < 0) {
        return received.toString(StandardCharsets.UTF_8);
      }
      received.write(buffer, 0, count);
      String text = received.toString(StandardCharsets.UTF_8);
      if (isWhole(text)) {
        return text;
      }
    }
    throw new AnchorProbeFailed("MALFORMED_ANSWER");
  }

  private static boolean isWhole(String text) {
    int head = text.indexOf(END_OF_HEAD);
    if (head < 0) {
      return false;
    }
    for (String line : text.substring(0, head).split("\r\n", -1)) {
      String[] field = line.split(":", 2);
      if (field.length == 2 && field[0].equalsIgnoreCase("content-length")) {
        String length = field[1].strip();
        byte[] body = body(text, head).getBytes(StandardCharsets.UTF_8);
        return length.matches("\\d{1,5}") && body.length >= Integer.parseInt(length);
      }
    }
    return false;
  }

  private static Answer parse(String text) throws IOException {
    int head = text.indexOf(END_OF_HEAD);
    if (head < 0 || !text.matches("(?s)HTTP/1\\.[01] \\d{3}.*")) {
      throw new AnchorProbeFailed("MALFORMED_ANSWER");
    }
    String status = text.substring(9, 12);
    if (!status.equals("200")) {
      throw new AnchorProbeFailed("HTTP_" + status);
    }
    try {
      JsonNode answer = Json.tree(body(text, head).getBytes(StandardCharsets.UTF_8));
      if (answer.path("anchorId").isTextual()
          && answer.path("sid").isTextual()
          && (answer.path("gen").isIntegralNumber() || answer.path("gen").isMissingNode())
          && answer.path("healthy").isBoolean()) {
        return new Answer(
            answer.path("anchorId").textValue(),
            answer.path("sid").textValue(),
            answer.has("gen") ? answer.path("gen").longValue() : null,
            answer.path("healthy").booleanValue());
      }
    } catch (JsonProcessingException e) {
      throw new AnchorProbeFailed("MALFORMED_ANSWER");
    }
    throw new AnchorProbeFailed("MALFORMED_ANSWER");
  }

  private static String body(String text, int head) {
    return text.substring(head + END_OF_HEAD.length());
  }
}
