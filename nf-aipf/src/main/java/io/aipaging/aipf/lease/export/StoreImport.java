package io.aipaging.aipf.lease.export;

import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.StoreFill;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Carries an export over into a new store, as it is: what is over stays over, and a lease that has
 * run out meanwhile stays run out. The file is read twice, first to see that it is whole.
 */
public final class StoreImport {
  private static final int AT_ONCE = 64;

  private StoreImport() {}

  /**
   * Imports {@code file}.
   *
   * @param fill makes the new store; called when the file is known to be whole
   * @throws ImportRefused when it is not; nothing is made then
   */
  public static Totals run(Path file, Supplier<StoreFill> fill) throws IOException {
    Totals expected = read(file, part -> {});
    try (StoreFill store = fill.get()) {
      List<StoreDump.Part> some = new ArrayList<>();
      Totals imported =
          read(
              file,
              part -> {
                some.add(part);
                if (some.size() == AT_ONCE) {
                  store.add(some);
                  some.clear();
                }
              });
      store.add(some);
      if (!imported.equals(expected)) {
        throw new ImportRefused("the file changed while it was imported");
      }
      store.done();
    }
    return expected;
  }

  private static Totals read(Path file, java.util.function.Consumer<StoreDump.Part> each)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CopyReader.read(in, each);
    }
  }
}
