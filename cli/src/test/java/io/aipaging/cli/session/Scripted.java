package io.aipaging.cli.session;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.paging.NaipfPaging;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** An AIPF that answers what it was told to, in order, and remembers what it was asked. */
final class Scripted {
  private final Deque<Object> answers;
  final List<Object> requests = new ArrayList<>();

  Scripted(Object... answers) {
    this.answers = new ArrayDeque<>(List.of(answers));
  }

  NaipfPaging aipf() {
    return NaipfPaging.class.cast(
        Proxy.newProxyInstance(
            NaipfPaging.class.getClassLoader(),
            new Class<?>[] {NaipfPaging.class},
            (proxy, method, arguments) -> {
              requests.add(arguments[1]);
              return answers.removeFirst();
            }));
  }

  static Call call() {
    return Call.within("operator", Instant.EPOCH, Duration.ofSeconds(10));
  }

  boolean allAnswered() {
    return answers.isEmpty();
  }
}
