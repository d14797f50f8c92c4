package io.aipaging.aipf.keyfile;

import io.aipaging.aipf.keys.KeptKeys;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Public keys and when they end, in a file beside the sessions they were used for. */
public final class LedgerFile {
  private LedgerFile() {}

  /**
   * The ledger in {@code file}, an empty one where there is none.
   *
   * @param keep how long a key stays after it was published last
   * @throws IllegalArgumentException when something else is in the file
   */
  public static KeptKeys open(Path file, Duration keep, InstantSource clock) {
    return new KeptKeys(
        Files.exists(file) ? read(file) : List.of(), keep, clock, kept -> write(file, kept));
  }

  private static List<KeptKeys.Kept> read(Path file) {
    try {
      JsonArray keys =
          new JsonObject(new String(KeyFiles.bytes(file), StandardCharsets.UTF_8))
              .getJsonArray("keys");
      return keys.stream().map(JsonObject.class::cast).map(LedgerFile::kept).toList();
    } catch (DecodeException | DateTimeException | ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException(
          file + " is damaged; without it the keys in keys.signing-files are published anew", e);
    }
  }

  private static KeptKeys.Kept kept(JsonObject one) {
    return new KeptKeys.Kept(
        one.getJsonObject("jwk").getMap(), Instant.parse(one.getString("until")));
  }

  private static void write(Path file, List<KeptKeys.Kept> kept) {
    Stream<JsonObject> keys =
        kept.stream()
            .map(
                one ->
                    new JsonObject()
                        .put("jwk", new JsonObject(one.member()))
                        .put("until", one.until().toString()));
    try {
      KeyFiles.write(file, new JsonObject().put("keys", new JsonArray(keys.toList())).encode());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }
}
