package io.aipaging.pcfadapter.qosbinding.n5;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.sbi.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QosNewsTest {
  @ParameterizedTest
  @CsvSource({
    "SUCCESSFUL_RESOURCES_ALLOCATION, true",
    "FAILED_RESOURCES_ALLOCATION, false",
  })
  void anAllocationSaysWhetherTheQosIsKept(String event, boolean kept) throws Exception {
    assertThat(read("{'evSubsUri':'x','evNotifs':[{'event':'%s'}]}".formatted(event)))
        .contains(new QosNews(kept, event));
  }

  @ParameterizedTest
  @CsvSource({"GUARANTEED, true", "NOT_GUARANTEED, false"})
  void qosControlIsReadFromItsReports(String type, boolean kept) throws Exception {
    assertThat(
            read(
                "{'evNotifs':[{'event':'QOS_NOTIF'}],'qncReports':[{'notifType':'%s'}]}"
                    .formatted(type)))
        .contains(new QosNews(kept, "QOS_NOTIF"));
  }

  @Test
  void oneBadWordWins() throws Exception {
    assertThat(
            read(
                "{'evNotifs':[{'event':'SUCCESSFUL_RESOURCES_ALLOCATION'},{'event':'QOS_NOTIF'}],"
                    + "'qncReports':[{'notifType':'GUARANTEED'},{'notifType':'NOT_GUARANTEED'}]}"))
        .contains(new QosNews(false, "QOS_NOTIF"));
  }

  @ParameterizedTest // F-33: evNotifs may be null
  @ValueSource(
      strings = {
        "{'evNotifs':null}",
        "{'evSubsUri':'x'}",
        "{'evNotifs':[{'event':'ACCESS_TYPE_CHANGE'}]}",
        "{'evNotifs':[{'event':'QOS_NOTIF'}]}",
        "{'evNotifs':['QOS_NOTIF']}"
      })
  void anythingElseSaysNothing(String body) throws Exception {
    assertThat(read(body)).isEmpty();
  }

  private static Optional<QosNews> read(String body) throws Exception {
    return QosNews.of(Json.tree(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }
}
