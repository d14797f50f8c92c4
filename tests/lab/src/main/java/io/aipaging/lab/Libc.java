package io.aipaging.lab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The few system calls the JDK does not offer: entering a namespace and packet sockets. */
final class Libc {
  private static final int CLONE_NEWNET = 0x40000000;
  private static final int O_RDONLY_CLOEXEC = 0x80000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

  private static final MethodHandle OPEN =
      bind("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
  private static final MethodHandle CLOSE =
      bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle SETNS =
      bind("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SOCKET =
      bind("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      bind("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle IF_NAMETOINDEX =
      bind("if_nametoindex", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle SETSOCKOPT =
      bind(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle GETSOCKOPT =
      bind(
          "getsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle RECVFROM =
      bind(
          "recvfrom",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle IOCTL =
      bind("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);

  private Libc() {}

  /** Result of a call that may fail in expected ways. */
  record Outcome(long value, int errno) {}

  /** Moves the calling platform thread into the network namespace at {@code path}, for good. */
  static void enterNetworkNamespace(String path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      int file = (int) require("open " + path, invoke(OPEN, name, O_RDONLY_CLOEXEC));
      try {
        require("setns " + path, invoke(SETNS, file, CLONE_NEWNET));
      } finally {
        close(file);
      }
    }
  }

  static int socket(int domain, int type, int protocol) throws IOException {
    return (int) require("socket", invoke(SOCKET, domain, type, protocol));
  }

  static void bind(int socket, MemorySegment address) throws IOException {
    require("bind", invoke(BIND, socket, address, (int) address.byteSize()));
  }

  static int interfaceIndex(String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long index = require("interface " + name, invoke(IF_NAMETOINDEX, arena.allocateFrom(name)));
      if (index == 0) {
        throw new IOException("no interface " + name);
      }
      return (int) index;
    }
  }

  static void setOption(int socket, int level, int option, MemorySegment value) throws IOException {
    int size = (int) value.byteSize();
    require("setsockopt " + option, invoke(SETSOCKOPT, socket, level, option, value, size));
  }

  static void getOption(int socket, int level, int option, MemorySegment value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
      require("getsockopt " + option, invoke(GETSOCKOPT, socket, level, option, value, size));
    }
  }

  /** {@code recvfrom}; {@code from} must hold its own size in {@code fromSize}. */
  static Outcome receive(
      int socket, MemorySegment buffer, int flags, MemorySegment from, MemorySegment fromSize) {
    return invoke(RECVFROM, socket, buffer, buffer.byteSize(), flags, from, fromSize);
  }

  static Outcome ioctl(int socket, long request, MemorySegment argument) {
    return invoke(IOCTL, socket, request, argument);
  }

  static void close(int file) {
    invoke(CLOSE, file);
  }

  private static long require(String what, Outcome outcome) throws IOException {
    if (outcome.value() < 0) {
      throw new IOException(what + ": errno " + outcome.errno());
    }
    return outcome.value();
  }

  private static Outcome invoke(MethodHandle function, Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      Object[] all = new Object[arguments.length + 1];
      all[0] = state;
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      Number value = (Number) function.invokeWithArguments(all);
      return new Outcome(value.longValue(), (int) ERRNO.get(state, 0L));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a system call threw", e);
    }
  }

  private static MethodHandle bind(String name, FunctionDescriptor function) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        function,
        Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle bind(String name, FunctionDescriptor function, int firstVariadic) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        function,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(Math.min(firstVariadic, function.argumentLayouts().size())));
  }
}
