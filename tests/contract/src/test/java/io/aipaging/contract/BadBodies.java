package io.aipaging.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bodies that are no message at all, whatever the schema says. */
final class BadBodies {
  private static final int DEPTH_MAX = 32;
  private static final int BYTES_MAX = 256 * 1024;

  private final WireRequest valid;
  private final String text;
  private final List<BadRequest> found = new ArrayList<>();

  private BadBodies(WireRequest valid) {
    this.valid = valid;
    this.text = new String(valid.body(), StandardCharsets.UTF_8);
  }

  /**
   * All of them.
   *
   * @param valid a request with an acceptable body
   * @param members what its body says
   * @param required whether a body must be there
   */
  static List<BadRequest> of(WireRequest valid, ObjectNode members, boolean required) {
    BadBodies bodies = new BadBodies(valid);
    bodies.malformed(required);
    bodies.duplicates(members);
    bodies.numbers();
    bodies.limits();
    bodies.encodings();
    bodies.mediaTypes();
    return bodies.found;
  }

  private void malformed(boolean required) {
    if (required) {
      add("no body", "");
    }
    add("no JSON", "{not json}");
    add("cut off", text.substring(0, text.length() - 1));
    add("a second document behind", text + "{}");
    add("an array", "[" + text + "]");
    add("a text", "\"text\"");
    add("null", "null");
    add("a number", "7");
    add("white space", " \n");
    add("single quotes", "{'a':1}");
    add("a comment", text + "/* so */");
    add("a raw control character", extended("\"x\":\"\u0001\""));
  }

  private void duplicates(ObjectNode members) {
    members
        .properties()
        .forEach(
            member ->
                add(
                    member.getKey() + " twice",
                    extended("\"" + member.getKey() + "\":" + member.getValue())));
    add("an unknown member twice", extended("\"x\":1,\"x\":1"));
    add("a member twice, once escaped", extended("\"x\":1,\"\\u0078\":1"));
    add("a member twice deeper down", extended("\"x\":{\"y\":1,\"y\":2}"));
  }

  private void numbers() {
    add("a number of 200 digits", extended("\"x\":" + "9".repeat(200)));
    add("a number beyond double", extended("\"x\":1e400"));
    add("NaN", extended("\"x\":NaN"));
    add("a leading zero", extended("\"x\":007"));
  }

  private void limits() {
    add("too deep", extended("\"x\":" + "[".repeat(DEPTH_MAX) + "]".repeat(DEPTH_MAX)));
    add("far too deep", extended("\"x\":" + "[".repeat(50_000) + "]".repeat(50_000)));
    found.add(
        BadRequest.of(
            Requirement.MALFORMED_BODY,
            "too long",
            valid.withBody(extended("\"x\":\"" + "y".repeat(BYTES_MAX) + "\"")),
            413,
            "PAYLOAD_TOO_LARGE"));
  }

  private void encodings() {
    byte[] broken = extended("\"x\":\"??\"").getBytes(StandardCharsets.UTF_8);
    broken[indexOf(broken, (byte) '?')] = (byte) 0xC3;
    add("invalid UTF-8", broken);
    add("UTF-16", text.getBytes(StandardCharsets.UTF_16));
    add("UTF-16 without a mark", text.getBytes(StandardCharsets.UTF_16LE));
  }

  private void mediaTypes() {
    for (String type :
        List.of(
            "text/plain",
            "application/xml",
            "application/json; charset=iso-8859-1",
            "application/problem+json",
            "application/merge-patch+json",
            "json",
            "*/*")) {
      unsupported("sent as " + type, valid.with("Content-Type", type));
    }
    unsupported("of no media type", valid.without("Content-Type"));
    unsupported("compressed", valid.with("Content-Encoding", "gzip"));
  }

  private void unsupported(String name, WireRequest request) {
    found.add(
        BadRequest.of(Requirement.MALFORMED_BODY, name, request, 415, "UNSUPPORTED_MEDIA_TYPE"));
  }

  private void add(String name, String body) {
    add(name, body.getBytes(StandardCharsets.UTF_8));
  }

  private void add(String name, byte[] body) {
    found.add(
        BadRequest.of(
            Requirement.MALFORMED_BODY, name, valid.withBody(body), 400, "INVALID_MSG_FORMAT"));
  }

  private String extended(String more) {
    String open = text.substring(0, text.lastIndexOf('}'));
    return open + (open.equals("{") ? "" : ",") + more + "}";
  }

  private static int indexOf(byte[] bytes, byte wanted) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw new AssertionError();
  }
}
