package io.aipaging.simulators.core;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.simulators.pcf.PduSessionBook;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/** The list of PDU sessions on the metrics listener of an Open5GS SMF. */
final class SmfInfoServer {
  /** 5QI of the flow that every PDU session has. */
  private static final int DEFAULT_5QI = 9;

  /** 5QI of an app session's flow. */
  private static final int FLOW_5QI = 5;

  private final PduSessionBook book;
  private final ToLongFunction<String> flows;
  private final AtomicBoolean failing = new AtomicBoolean();
  private final AtomicLong asked = new AtomicLong();

  /**
   * A list.
   *
   * @param flows how many flows beside the default one a UE's address has
   */
  SmfInfoServer(PduSessionBook book, ToLongFunction<String> flows) {
    this.book = book;
    this.flows = flows;
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
              ArrayNode shown = pdu.putArray("qos_flows");
              shown.addObject().put("qfi", 1).put("5qi", DEFAULT_5QI);
              for (int i = 2; i <= flows.applyAsLong(session.getKey()) + 1; i++) {
                shown.addObject().put("qfi", i).put("5qi", FLOW_5QI);
              }
            });
    answer.putObject("pager").put("page", page).put("page_size", size);
    return Answer.of(200, answer);
  }

  private static int number(HttpServerRequest request, String parameter, int otherwise) {
    String text = request.getParam(parameter);
    return text == null ? otherwise : Integer.parseInt(text);
  }
}
