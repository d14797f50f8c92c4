package io.aipaging.aipf.sbi;

import io.aipaging.aipf.events.BindingReports;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.events.ReportQosBinding;

/** ReportQosBinding. */
final class ReportQosBindingOperation {
  private final BindingReports reports;

  ReportQosBindingOperation(BindingReports reports) {
    this.reports = reports;
  }

  NoContent handle(ReportQosBinding request) {
    if (!reports.take(request.bindingRef(), status(request.status()), request.cause())) {
      throw Refusals.bindingNotFound();
    }
    return NoContent.INSTANCE;
  }

  private static BindingReports.Status status(String text) {
    try {
      return BindingReports.Status.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw Refusals.mandatoryMember("/status", "unknown status");
    }
  }
}
