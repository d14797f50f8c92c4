package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.sbi.transport.HttpReply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests refused for their body, query or path variables. */
class ContentRefusalMatrixIT extends RefusalMatrix {
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
    for (String name : List.of("3", "null", "\"\"", "\"UPPER\"", "\"id\\n\"", "[\"a\"]")) {
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
}
