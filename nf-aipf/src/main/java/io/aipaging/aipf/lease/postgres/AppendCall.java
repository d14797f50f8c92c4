package io.aipaging.aipf.lease.postgres;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The call that writes many transitions; its columns are those of the function of that name. */
final class AppendCall {
  static final String SQL =
      "SELECT outcome, previous, current FROM append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
          + " $12, $13, $14, $15, $16, $17, $18, $19)";

  private AppendCall() {}

  static Tuple arguments(List<Append> appends, String runner) {
    return Tuple.tuple()
        .addArrayOfString(texts(appends, SessionRow::id))
        .addArrayOfShort(appends.stream().map(append -> append.row().shard()).toArray(Short[]::new))
        .addArrayOfLong(longs(appends, append -> append.row().version()))
        .addArrayOfString(texts(appends, SessionRow::state))
        .addArrayOfString(texts(appends, SessionRow::ue))
        .addArrayOfString(texts(appends, SessionRow::service))
        .addArrayOfString(texts(appends, row -> row.anchor(0)))
        .addArrayOfString(texts(appends, row -> row.anchor(1)))
        .addArrayOfString(texts(appends, row -> row.facts().origin().afId()))
        .addArrayOfString(texts(appends, row -> row.facts().service().aisi().toString()))
        .addArrayOfString(texts(appends, row -> row.facts().origin().consumer()))
        .addArrayOfString(texts(appends, row -> row.facts().origin().idempotencyKey()))
        .addArrayOfLong(longs(appends, append -> append.row().expiresMs()))
        .addArrayOfLong(longs(appends, append -> append.row().endedMs()))
        .addArrayOfBuffer(
            appends.stream().map(append -> append.row().body()).toArray(Buffer[]::new))
        .addArrayOfString(parts(appends, Append.Parts::before))
        .addArrayOfString(parts(appends, Append.Parts::after))
        .addArrayOfLong(longs(appends, Append::mark))
        .addString(runner);
  }

  private static @Nullable String[] texts(
      List<Append> appends, Function<SessionRow, @Nullable String> column) {
    @Nullable String[] texts = new @Nullable String[appends.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = column.apply(appends.get(i).row());
    }
    return texts;
  }

  private static String[] parts(List<Append> appends, Function<Append.Parts, String> part) {
    return appends.stream().map(append -> part.apply(append.parts())).toArray(String[]::new);
  }

  private static @Nullable Long[] longs(
      List<Append> appends, Function<Append, @Nullable Long> column) {
    @Nullable Long[] longs = new @Nullable Long[appends.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = column.apply(appends.get(i));
    }
    return longs;
  }
}
