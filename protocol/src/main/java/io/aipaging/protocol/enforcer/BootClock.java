package io.aipaging.protocol.enforcer;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.LongSupplier;

/**
 * {@code CLOCK_BOOTTIME} of Linux, ns: unlike {@link System#nanoTime} it goes on while the machine
 * is suspended, so that a lease does not outlive a nap. Elsewhere {@link #open} answers with {@code
 * System.nanoTime}.
 *
 * <p>The one clock this module reads, and only for an enforcer that hands it in elsewhere. An
 * enforcer whose grants time out by another clock, such as the kernel's, counts by that one.
 */
public final class BootClock implements LongSupplier {
  private static final int CLOCK_BOOTTIME = 7;
  private static final MemoryLayout TIMESPEC =
      MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

  private final MethodHandle clockGettime;

  private BootClock(MethodHandle clockGettime) {
    this.clockGettime = clockGettime;
  }

  /** The best clock this platform has. */
  public static LongSupplier open() {
    Linker linker = Linker.nativeLinker();
    boolean linux64 =
        System.getProperty("os.name", "").equals("Linux")
            && ValueLayout.ADDRESS.byteSize() == Long.BYTES;
    if (!linux64) {
      return System::nanoTime;
    }
    return linker
        .defaultLookup()
        .find("clock_gettime")
        .<LongSupplier>map(
            symbol ->
                new BootClock(
                    linker.downcallHandle(
                        symbol,
                        FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS))))
        .orElse(System::nanoTime);
  }

  @Override
  public long getAsLong() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(TIMESPEC);
      int failed = (int) clockGettime.invokeExact(CLOCK_BOOTTIME, time);
      if (failed != 0) {
        throw new IllegalStateException("clock_gettime(CLOCK_BOOTTIME) failed");
      }
      return time.getAtIndex(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L
          + time.getAtIndex(ValueLayout.JAVA_LONG, 1);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("clock_gettime cannot be called", e);
    }
  }
}
