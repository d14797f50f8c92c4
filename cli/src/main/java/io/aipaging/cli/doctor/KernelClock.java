package io.aipaging.cli.doctor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.Optional;

/**
 * What the kernel thinks of its own clock ({@code adjtimex(2)}): whether anybody keeps it, and how
 * far it may be off.
 *
 * @param kept whether it is synchronized
 * @param errorMax farthest it may be off
 */
record KernelClock(boolean kept, Duration errorMax) {
  private static final long TIMEX_BYTES = 208;
  private static final long MAX_ERROR_AT = 24;
  private static final long STATUS_AT = 40;
  private static final int UNSYNCHRONIZED = 0x40;

  /** Asks; empty where it cannot be asked, as in some sandboxes. */
  static Optional<KernelClock> ask() {
    Linker linker = Linker.nativeLinker();
    MethodHandle adjtimex =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("adjtimex"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timex = arena.allocate(TIMEX_BYTES, 8); // modes 0: nothing is changed
      int answer = (int) adjtimex.invokeExact(timex);
      return answer < 0 ? Optional.empty() : Optional.of(read(timex));
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
  }

  private static KernelClock read(MemorySegment timex) {
    boolean kept = (timex.get(JAVA_INT, STATUS_AT) & UNSYNCHRONIZED) == 0;
    long errorMicros = timex.get(JAVA_LONG, MAX_ERROR_AT);
    return new KernelClock(kept, Duration.ofNanos(Math.max(0, errorMicros) * 1_000));
  }
}
