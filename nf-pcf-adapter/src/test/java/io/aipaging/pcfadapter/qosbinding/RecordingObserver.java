package io.aipaging.pcfadapter.qosbinding;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told. */
final class RecordingObserver implements BindingObserver {
  final List<String> events = new CopyOnWriteArrayList<>();

  @Override
  public void held(String bindingRef) {
    events.add("held " + bindingRef);
  }

  @Override
  public void ended(String bindingRef, String reason) {
    events.add("ended " + bindingRef + " " + reason);
  }

  @Override
  public void refused(String bindingRef, String cause) {
    events.add("refused " + bindingRef + " " + cause);
  }

  @Override
  public void toldByCore(String bindingRef, CoreWord word, String cause) {
    events.add("told " + bindingRef + " " + word + " " + cause);
  }

  @Override
  public void lost(String bindingRef, String detail) {
    events.add("lost " + bindingRef);
  }

  @Override
  public void deletionFailed(String bindingRef, int attempts, String detail) {
    events.add("deletion failed " + bindingRef + " " + attempts);
  }

  @Override
  public void journalFailed(String bindingRef, String detail) {
    events.add("journal failed " + bindingRef);
  }
}
