package io.aipaging.pcfadapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.pcfadapter.qosbinding.Eventually;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AipfReportsTest {
  private final Aipf aipf = new Aipf();
  private final AipfReports reports = new AipfReports(aipf, InstantSource.system());
  private @Nullable Thread worker;

  private void start() {
    worker = Thread.ofVirtual().start(reports);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (worker != null) {
      worker.interrupt();
      worker.join();
    }
  }

  @Test
  void aReportIsRepeatedUntilItIsHeard() {
    aipf.refusing(504, "TARGET_NF_NOT_REACHABLE");
    start();
    reports.add(report("b1", "TERMINATED"));
    Eventually.holds("tried twice", () -> aipf.asked.size() >= 2);
    aipf.refusal = report -> null;
    Eventually.holds("heard", () -> aipf.heard.contains(report("b1", "TERMINATED")));
  }

  @Test
  void aReportOfABindingNobodyHasIsNotRepeated() {
    aipf.refusing(404, "BINDING_NOT_FOUND");
    start();
    reports.add(report("b1", "TERMINATED"));
    reports.add(report("b2", "TERMINATED"));
    Eventually.holds("asked once each", () -> aipf.asked.size() == 2);
    aipf.refusal = report -> null;
    reports.add(report("b3", "TERMINATED"));
    Eventually.holds("nothing else waits", () -> aipf.heard.size() == 1);
    assertThat(aipf.asked).hasSize(3);
  }

  @Test
  void oneReportThatIsRefusedDoesNotKeepTheOthersWaiting() {
    aipf.refusal =
        report -> report.bindingRef().equals("b1") ? Refusal.of(500, "SYSTEM_FAILURE", "") : null;
    start();
    reports.add(report("b1", "TERMINATED"));
    reports.add(report("b2", "TERMINATED"));
    Eventually.holds("the other is heard", () -> aipf.heard.contains(report("b2", "TERMINATED")));
  }

  @Test
  void onlyTheNewestWordOnABindingCountsAndNoMoreThanSoManyWait() {
    reports.add(report("b0", "NOT_GUARANTEED"));
    for (int i = 1; i <= AipfReports.WAITING_MAX; i++) {
      reports.add(report("b" + i, "NOT_GUARANTEED"));
    }
    reports.add(report("b1", "TERMINATED"));
    start();
    Eventually.holds("all", () -> aipf.heard.size() == AipfReports.WAITING_MAX);
    assertThat(aipf.heard.getLast()).isEqualTo(report("b1", "TERMINATED"));
    assertThat(aipf.heard).doesNotContain(report("b0", "NOT_GUARANTEED"));
  }

  private static ReportQosBinding report(String ref, String status) {
    return new ReportQosBinding(ref, status, null);
  }

  private static final class Aipf extends HeardReports {
    final List<ReportQosBinding> asked = new CopyOnWriteArrayList<>();
    volatile Function<ReportQosBinding, @Nullable Refusal> refusal = report -> null;

    void refusing(int status, String cause) {
      refusal = report -> Refusal.of(status, cause, "by the test");
    }

    @Override
    public NoContent reportQosBinding(Call call, ReportQosBinding request) {
      asked.add(request);
      Refusal no = refusal.apply(request);
      if (no != null) {
        throw no;
      }
      return super.reportQosBinding(call, request);
    }
  }
}
