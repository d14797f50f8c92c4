package io.aipaging.simulators.core;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.simulators.pcf.PduSessionBook;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The list of PDU sessions on the metrics listener of an Open5GS SMF. */
final class SmfInfoServer {
  private final PduSessionBook book;
  private final AtomicBoolean failing = new AtomicBoolean();
  private final AtomicLong asked = new AtomicLong();

  SmfInfoServer(PduSessionBook book) {
    this.book = book;
  }

  /** Has no list to show any longer. */
  void fail() {
    failing.set(true);
  }

  long asked() {
    return asked.get();
  }

  Answer answer(HttpServerRequest request, Buffer body) {
    if (!"/pdu-info".equals(request.path()) || !request.method().name().equals("GET")) {
      return Answer.problem(404, "Not Found", "no such resource");
    }
    asked.incrementAndGet();
    if (failing.get()) {
      return Answer.problem(503, "Service Unavailable", "no list now");
    }
    int page = number(request, "page", 0);
    int size = number(request, "page_size", 100);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray("items");
    book.shown().entrySet().stream()
        .skip((long) page * size)
        .limit(size)
        .forEach(
            session -> {
              ObjectNode item = items.addObject().put("supi", session.getValue());
              ObjectNode pdu = item.putArray("pdu").addObject().put("psi", 1);
              pdu.put("dnn", "internet").put("pdu_state", "active");
              boolean ipv6 = session.getKey().contains(":");
              pdu.put(ipv6 ? "ipv6" : "ipv4", session.getKey());
            });
    answer.putObject("pager").put("page", page).put("page_size", size);
    return Answer.of(200, answer);
  }

  private static int number(HttpServerRequest request, String parameter, int otherwise) {
    String text = request.getParam(parameter);
    return text == null ? otherwise : Integer.parseInt(text);
  }
}
