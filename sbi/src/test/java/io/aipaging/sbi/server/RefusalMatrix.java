package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.sbi.fixture.Shelf;
import io.aipaging.sbi.fixture.Shelf.Wire;
import io.aipaging.sbi.transport.HttpReply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Wrong requests over every wire; after each the next valid request is served. */
@ParameterizedClass
@EnumSource(Wire.class)
abstract class RefusalMatrix {
  static final String THINGS = "/nthing-shelf/v1/things";

  @Parameter Wire wire;
  @TempDir Path folder;
  Shelf shelf;

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

  static void refused(HttpReply reply, int status, String cause) {
    assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(Shelf.json(reply).path("cause").asText()).as(reply.body().utf8()).isEqualTo(cause);
    assertThat(Shelf.json(reply).path("status").asInt()).isEqualTo(status);
  }

  static List<String> params(HttpReply reply) {
    List<String> params = new ArrayList<>();
    Shelf.json(reply).path("invalidParams").forEach(p -> params.add(p.path("param").asText()));
    return params;
  }
}
