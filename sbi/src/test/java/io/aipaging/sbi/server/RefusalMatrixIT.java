package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.sbi.fixture.Shelf;
import io.aipaging.sbi.fixture.Shelf.Wire;
import io.aipaging.sbi.fixture.Things;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.wire.SbiHeaders;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every wrong request, over every wire; after each the next valid request is served. */
@ParameterizedClass
@EnumSource(Wire.class)
class RefusalMatrixIT {
  private static final String THINGS = "/nthing-shelf/v1/things";

  @Parameter Wire wire;
  @TempDir Path folder;
  private Shelf shelf;

  @BeforeEach
  void start() throws Exception {
    shelf = Shelf.start(wire, folder);
  }

  @AfterEach
  void theNextValidRequestIsServed() {
    try {
      assertThat(shelf.sendAgain("POST", THINGS, "{\"name\":\"fine\"}").status()).isEqualTo(201);
    } finally {
      shelf.close();
    }
  }

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
  void anotherMediaTypeIsUnsupported() {
    for (String type :
        List.of("text/plain", "application/xml", "application/json;charset=latin-1", "json")) {
      HttpReply reply = shelf.send("POST", THINGS, "{\"name\":\"n\"}", "Content-Type", type);
      refused(reply, 415, "UNSUPPORTED_MEDIA_TYPE");
      assertThat(reply.header("Accept")).isEqualTo("application/json");
    }
    refused(
        shelf.send("POST", THINGS, "{\"name\":\"n\"}", "Content-Type", null),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
    HttpReply encoded = shelf.send("POST", THINGS, "{\"name\":\"n\"}", "Content-Encoding", "gzip");
    refused(encoded, 415, "UNSUPPORTED_MEDIA_TYPE");
    assertThat(encoded.header("Accept-Encoding")).isEqualTo("identity");
  }

  @Test
  void anOversizedBodyIsTooLarge() {
    String body = "{\"name\":\"" + "x".repeat(300_000) + "\"}";
    refused(shelf.send("POST", THINGS, body), 413, "PAYLOAD_TOO_LARGE");
  }

  @Test
  void whatIsNoAcceptableJsonObjectIsMalformed() {
    List<String> bodies =
        new ArrayList<>(
            List.of(
                "",
                " ",
                "null",
                "[]",
                "3",
                "\"x\"",
                "{",
                "{\"name\":\"a\"} x",
                "{name:1}",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":\"a\",\"o\":{\"b\":1,\"b\":2}}",
                "{\"name\":\"a\",\"size\":NaN}",
                "{\"name\":\"a\",\"size\":1e400}",
                "{\"name\":\"a\",\"size\":" + "1".repeat(101) + "}",
                "{\"name\":\"a\",\"" + "m".repeat(257) + "\":1}",
                "{\"name\":'a'}",
                "// c\n{\"name\":\"a\"}"));
    bodies.add("{\"name\":\"a\",\"x\":" + "[".repeat(32) + "]".repeat(32) + "}");
    bodies.add("{\"x\":" + "[".repeat(50_000));
    for (String body : bodies) {
      refused(shelf.send("POST", THINGS, body), 400, "INVALID_MSG_FORMAT");
    }
  }

  @Test
  void aMissingMemberIsNamed() {
    HttpReply reply = shelf.send("POST", THINGS, "{\"size\":3}");
    refused(reply, 400, "MANDATORY_IE_MISSING");
    assertThat(params(reply)).containsExactly("/name");
    HttpReply nested = shelf.send("POST", THINGS, "{\"name\":\"a\",\"owner\":{}}");
    refused(nested, 400, "MANDATORY_IE_MISSING");
    assertThat(params(nested)).containsExactly("/owner/id");
  }

  @Test
  void aMandatoryMemberThatDoesNotFitIsNamed() {
    for (String name : List.of("3", "null", "\"\"", "\"UPPER\"", "[\"a\"]")) {
      HttpReply reply = shelf.send("POST", THINGS, "{\"name\":" + name + "}");
      refused(reply, 400, "MANDATORY_IE_INCORRECT");
      assertThat(params(reply)).containsExactly("/name");
      assertThat(reply.body().utf8()).doesNotContain("UPPER");
    }
  }

  @Test
  void anOptionalMemberThatDoesNotFitIsNamed() {
    for (String size : List.of("0", "10", "\"3\"", "1.5", "null", "99999999999999999999")) {
      HttpReply reply = shelf.send("POST", THINGS, "{\"name\":\"a\",\"size\":" + size + "}");
      refused(reply, 400, "OPTIONAL_IE_INCORRECT");
      assertThat(params(reply)).containsExactly("/size");
    }
    HttpReply note =
        shelf.send(
            "POST",
            THINGS,
            "{\"name\":\"a\",\"owner\":{\"id\":\"8d1e3a1e-6f0c-4c59-9c1f-6d0f5e1f2a3b\","
                + "\"note\":\"too long\"}}");
    refused(note, 400, "OPTIONAL_IE_INCORRECT");
    assertThat(params(note)).containsExactly("/owner/note");
  }

  @Test
  void nullAmongTheItemsOfAListIsRefused() {
    HttpReply reply =
        shelf.send("POST", THINGS + "/a/put", "{\"name\":\"a\",\"labels\":[\"x\",null]}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(params(reply)).containsExactly("/labels/1");
  }

  @Test
  void unknownMembersAreIgnored() {
    assertThat(shelf.send("POST", THINGS, "{\"name\":\"a\",\"exp\":9,\"@class\":\"x.Y\"}").status())
        .isEqualTo(201);
  }

  @Test
  void aQueryParameterThatDoesNotFitIsNamed() {
    HttpReply range = shelf.send("GET", THINGS + "?limit=101", null);
    refused(range, 400, "OPTIONAL_QUERY_PARAM_INCORRECT");
    assertThat(params(range)).containsExactly("query limit");
    for (String query :
        List.of("limit=x", "limit=", "limit=1&limit=2", "limit=%2B1", "limit=1.0")) {
      refused(shelf.send("GET", THINGS + "?" + query, null), 400, "OPTIONAL_QUERY_PARAM_INCORRECT");
    }
    HttpReply unknown = shelf.send("GET", THINGS + "?shape=round", null);
    refused(unknown, 400, "INVALID_QUERY_PARAM");
    assertThat(params(unknown)).containsExactly("query shape");
    refused(shelf.send("GET", THINGS + "?colour=%zz", null), 400, "INVALID_QUERY_PARAM");
    refused(
        shelf.send("GET", THINGS + "?colour=" + "x".repeat(21), null),
        400,
        "OPTIONAL_QUERY_PARAM_INCORRECT");
  }

  @Test
  void aPathVariableThatDoesNotFitIsNamed() {
    HttpReply reply = shelf.send("GET", THINGS + "/" + "x".repeat(41), null);
    refused(reply, 400, "MANDATORY_IE_INCORRECT");
    assertThat(params(reply)).containsExactly("{thingId}");
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
    HttpReply reply = shelf.send("POST", THINGS, "{\"name\":\"broken\"}");
    refused(reply, 500, "SYSTEM_FAILURE");
    assertThat(reply.body().utf8())
        .doesNotContain(Shelf.SECRET_TEXT)
        .doesNotContain("Exception")
        .doesNotContain("io.aipaging");
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

  private static void refused(HttpReply reply, int status, String cause) {
    assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(Shelf.json(reply).path("cause").asText()).as(reply.body().utf8()).isEqualTo(cause);
    assertThat(Shelf.json(reply).path("status").asInt()).isEqualTo(status);
  }

  private static List<String> params(HttpReply reply) {
    List<String> params = new ArrayList<>();
    Shelf.json(reply).path("invalidParams").forEach(p -> params.add(p.path("param").asText()));
    return params;
  }
}
