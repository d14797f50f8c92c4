package io.aipaging.smfadapter.netlink;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The system calls a netlink socket needs. Each returns what the call returned, or the negative
 * {@code errno}; {@code state} is memory of {@link #STATE} that no other thread uses meanwhile.
 */
final class SystemCalls {
  /** Where the C library's {@code errno} is caught. */
  static final StructLayout STATE = Linker.Option.captureStateLayout();

  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
  private static final Linker LINKER = Linker.nativeLinker();

  private static final MethodHandle SOCKET =
      bind("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      bind("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle SEND =
      bind("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECV =
      bind("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      bind(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

  private SystemCalls() {}

  static int socket(MemorySegment state, int family, int type, int protocol) {
    try {
      return (int) result(state, (int) SOCKET.invokeExact(state, family, type, protocol));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int bind(MemorySegment state, int socket, MemorySegment address) {
    try {
      int size = (int) address.byteSize();
      return (int) result(state, (int) BIND.invokeExact(state, socket, address, size));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int setOption(
      MemorySegment state, int socket, int level, int option, MemorySegment value) {
    try {
      int size = (int) value.byteSize();
      int answer = (int) SETSOCKOPT.invokeExact(state, socket, level, option, value, size);
      return (int) result(state, answer);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long send(MemorySegment state, int socket, MemorySegment bytes, long size) {
    try {
      return result(state, (long) SEND.invokeExact(state, socket, bytes, size, 0));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long receive(MemorySegment state, int socket, MemorySegment buffer, int flags) {
    try {
      long size = buffer.byteSize();
      return result(state, (long) RECV.invokeExact(state, socket, buffer, size, flags));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void close(MemorySegment state, int socket) {
    try {
      var _ = (int) CLOSE.invokeExact(state, socket);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static long result(MemorySegment state, long answer) {
    return answer < 0 ? -(int) ERRNO.get(state, 0L) : answer;
  }

  private static IllegalStateException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a system call threw", e);
  }

  private static MethodHandle bind(String name, FunctionDescriptor function) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        function,
        Linker.Option.captureCallState("errno"));
  }
}
