package io.aipaging.pcfadapter.qosbinding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A core in memory; each answer can be replaced. */
final class FakeCore implements PolicyAuthorization {
  final Map<String, AppSessionOrder> sessions = new LinkedHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final AtomicInteger number = new AtomicInteger();
  volatile Function<AppSessionOrder, Created> onCreate = this::make;
  volatile Function<String, Deleted> onDelete = this::drop;
  final Map<String, AppSessionTerms> routes = new ConcurrentHashMap<>();
  volatile BiFunction<String, AppSessionTerms, Updated> onRoute = this::keep;
  volatile boolean endsByItself;
  volatile Function<String, Shown> onRead = this::show;
  volatile CountDownLatch mayAnswer = new CountDownLatch(0);

  Created make(AppSessionOrder order) {
    String id = "app-" + number.incrementAndGet();
    synchronized (sessions) {
      sessions.put(id, order);
    }
    return new Created.Accepted(id, SubscriberMark.of(order.subscriber().supi()));
  }

  Updated keep(String id, AppSessionTerms route) {
    routes.put(id, route);
    return new Updated.Accepted();
  }

  Deleted drop(String id) {
    synchronized (sessions) {
      sessions.remove(id);
    }
    return new Deleted.Gone();
  }

  Shown show(String id) {
    synchronized (sessions) {
      AppSessionOrder order = sessions.get(id);
      return order == null ? new Shown.Absent() : new Shown.Present(order.notifId());
    }
  }

  @Override
  public Created create(AppSessionOrder order) {
    calls.add("create " + order.ue());
    await();
    return onCreate.apply(order);
  }

  @Override
  public Shown read(String appSessionId) {
    calls.add("read " + appSessionId);
    await();
    return onRead.apply(appSessionId);
  }

  @Override
  public Updated update(String appSessionId, AppSessionTerms terms) {
    calls.add("route " + appSessionId);
    await();
    return onRoute.apply(appSessionId, terms);
  }

  @Override
  public boolean endsByItself(String appSessionId) {
    return endsByItself;
  }

  @Override
  public Deleted delete(String appSessionId) {
    calls.add("delete " + appSessionId);
    await();
    return onDelete.apply(appSessionId);
  }

  @Override
  public boolean isNamed(String appSessionId, String resUri) {
    return appSessionId.equals(resUri);
  }

  @Override
  public String named(String resUri) {
    return resUri;
  }

  private void await() {
    try {
      mayAnswer.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
