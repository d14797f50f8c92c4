package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.sbi.fixture.Shelf;
import io.aipaging.sbi.fixture.Things;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.wire.SbiHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests refused for their path, method, token, headers or time. */
class RefusalMatrixIT extends RefusalMatrix {
  @Test
  void anUnknownPathIsNotFound() {
    for (String path :
        List.of("/", "/nope", THINGS + "/", THINGS + "//", "/nthing-shelf/v2/things")) {
      refused(shelf.send("GET", path, null), 404, "RESOURCE_URI_STRUCTURE_NOT_FOUND");
    }
    refused(
        shelf.send("GET", THINGS + "/x/../../../guarded", null),
        404,
        "RESOURCE_URI_STRUCTURE_NOT_FOUND");
  }

  @Test
  void aMethodTheResourceLacksIsNotAllowed() {
    HttpReply reply = shelf.send("PUT", THINGS, "{}");
    refused(reply, 405, "METHOD_NOT_ALLOWED");
    assertThat(reply.header("Allow")).isEqualTo("GET, POST");
  }

  @Test
  void anUnknownMethodIsNotImplemented() {
    refused(shelf.send("PROPFIND", THINGS, null), 501, "METHOD_NOT_IMPLEMENTED");
    refused(shelf.send("TRACE", THINGS, null), 501, "METHOD_NOT_IMPLEMENTED");
  }

  @Test
  void aRequestWithoutGoodTokenIsUnauthorized() {
    HttpReply none = shelf.send("GET", THINGS, null, "Authorization", null);
    refused(none, 401, "TOKEN_MISSING");
    assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"/nthing-shelf/v1\"");
    Map<String, Object> wrongAudience = shelf.tokens.claims("nf-1", Things.API);
    wrongAudience.put("aud", "OTHER");
    String forOther = shelf.tokens.sign(shelf.tokens.header().build(), wrongAudience);
    for (String value : List.of("Bearer", "Bearer x.y.z", "Basic eDp5", "Bearer " + forOther)) {
      HttpReply bad = shelf.send("GET", THINGS, null, "Authorization", value);
      refused(bad, 401, "INVALID_TOKEN");
      assertThat(bad.header("WWW-Authenticate")).endsWith(", error=\"invalid_token\"");
    }
    Map<String, Object> noScope = shelf.tokens.claims("nf-1", "x");
    noScope.remove("scope");
    refused(
        shelf.send(
            "GET",
            THINGS,
            null,
            "Authorization",
            "Bearer " + shelf.tokens.sign(shelf.tokens.header().build(), noScope)),
        401,
        "ACCESS_TOKEN_CLAIM_MISSING");
  }

  @Test
  void aTokenForAnotherServiceIsForbidden() {
    for (String path : List.of(THINGS, "/guarded")) {
      String scope = path.equals("/guarded") ? "guard" : Things.API;
      HttpReply reply =
          shelf.send(
              "GET", path, null, "Authorization", "Bearer " + shelf.tokens.token("nf-1", "other"));
      refused(reply, 403, "INSUFFICIENT_SCOPE");
      assertThat(reply.header("WWW-Authenticate"))
          .endsWith("error=\"insufficient_scope\", scope=\"" + scope + "\"");
    }
  }

  @Test
  void aTokenInTheQueryIsRefused() {
    String token = shelf.tokens.token("nf-1", Things.API);
    HttpReply reply =
        shelf.send("GET", THINGS + "?access_token=" + token, null, "Authorization", null);
    refused(reply, 400, "INVALID_QUERY_PARAM");
    assertThat(reply.body().utf8()).doesNotContain(token);
  }

  @Test
  void aLateRequestIsNotCarriedOut() {
    HttpReply reply =
        shelf.send(
            "POST",
            THINGS,
            "{\"name\":\"late\"}",
            SbiHeaders.SENDER_TIMESTAMP,
            SbiHeaders.timestamp(Instant.now().minusSeconds(3)),
            SbiHeaders.MAX_RSP_TIME,
            "2000");
    refused(reply, 504, "TIMED_OUT_REQUEST");
    assertThat(shelf.created).hasValue(0);
  }

  @Test
  void theClockOfAPublicRoutesCallerIsNotJudged() {
    for (String timestamp :
        List.of(SbiHeaders.timestamp(Instant.now().minusSeconds(3_600)), "about noon")) {
      HttpReply reply =
          shelf.send(
              "POST",
              "/echo/core",
              "{}",
              SbiHeaders.SENDER_TIMESTAMP,
              timestamp,
              SbiHeaders.MAX_RSP_TIME,
              "2000");
      assertThat(reply.status()).isEqualTo(200);
    }
  }

  @Test
  void malformedHeadersAreNamed() {
    Map<String, List<String>> malformed =
        Map.of(
            SbiHeaders.SENDER_TIMESTAMP,
            List.of("now", "Sun, 31 Feb 2026 08:49:37.845 GMT", "2026-01-01T00:00:00Z"),
            SbiHeaders.MAX_RSP_TIME,
            List.of("-1", "100000", "1s"),
            SbiHeaders.REQUEST_INFO,
            List.of("idempotency-key", "idempotency-key=" + "x".repeat(129), "=x", ";"),
            SbiHeaders.MESSAGE_PRIORITY,
            List.of("32", "x"));
    malformed.forEach(
        (name, values) -> {
          for (String value : values) {
            HttpReply reply = shelf.send("POST", THINGS, "{\"name\":\"a\"}", name, value);
            refused(reply, 400, "OPTIONAL_IE_INCORRECT");
            assertThat(params(reply)).containsExactly("header " + name);
          }
        });
    assertThat(shelf.created).hasValue(0);
  }

  @Test
  void aFailingHandlerTellsThePeerNothing() {
    for (String name : List.of("broken", "overflow")) {
      HttpReply reply = shelf.send("POST", THINGS, "{\"name\":\"" + name + "\"}");
      refused(reply, 500, "SYSTEM_FAILURE");
      assertThat(reply.body().utf8())
          .doesNotContain(Shelf.SECRET_TEXT)
          .doesNotContain("Exception")
          .doesNotContain("io.aipaging");
    }
  }

  @Test
  void aRefusalSaysWhenToComeBackInWholeSeconds() {
    HttpReply reply = shelf.send("POST", THINGS, "{\"name\":\"busy\"}");
    refused(reply, 503, "NF_CONGESTION");
    assertThat(reply.header("Retry-After")).isEqualTo("2");
  }

  @Test
  void aHeaderListOverTheLimitIsNotServed() {
    String long1 = "x".repeat(20_000);
    try {
      HttpReply reply = shelf.send("GET", THINGS, null, "X-Long", long1);
      assertThat(reply.status()).isIn(400, 431);
    } catch (AssertionError closed) {
      assertThat(closed).hasMessageContaining("BROKEN");
    }
  }

  @Test
  void answersDoNotNameTheServer() {
    HttpReply ok = shelf.send("GET", THINGS, null);
    HttpReply bad = shelf.send("GET", "/nope", null);
    assertThat(ok.headers()).doesNotContainKeys("server", "x-powered-by", "date");
    assertThat(bad.headers()).doesNotContainKeys("server", "x-powered-by");
  }
}
