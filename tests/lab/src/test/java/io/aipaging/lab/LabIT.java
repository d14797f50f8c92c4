package io.aipaging.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LabIT {
  private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(2);

  @BeforeAll
  static void labNeeded() {
    LabNeeded.orSkip();
  }

  @Test
  void anUngatedUeReachesTheCloudUnderTheServiceAddress() throws Exception {
    try (Lab lab = Lab.open();
        ServerSocket cloud = listen(lab.cloud(), 8443);
        ServerSocket anchor = listen(lab.anchorA(), 8443);
        Socket ue = connect(lab.ue(), LabAddresses.UE_2, LabAddresses.SERVICE, 8443);
        Socket accepted = cloud.accept()) {
      assertThat(accepted.getInetAddress().getHostAddress()).isEqualTo(LabAddresses.UE_2);
      assertThat(ue.getLocalAddress().getHostAddress()).isEqualTo(LabAddresses.UE_2);
      assertThat(anchor.isBound()).isTrue();
    }
  }

  @Test
  void theControlPlaneReachesGateAndAnchorsButNoUeReachesIt() throws Exception {
    try (Lab lab = Lab.open();
        ServerSocket gate = listen(lab.upf(), 9000);
        ServerSocket anchor = listen(lab.anchorB(), 9000)) {
      connect(lab.core(), LabAddresses.CORE, LabAddresses.UPF, 9000).close();
      connect(lab.core(), LabAddresses.CORE, AnchorSite.B.coreAddress(), 9000).close();
      assertThat(gate.isBound() && anchor.isBound()).isTrue();

      for (String address : List.of(AnchorSite.B.coreAddress(), LabAddresses.UPF)) {
        assertThatThrownBy(() -> connect(lab.ue(), LabAddresses.UE_1, address, 9000))
            .isInstanceOf(NoRouteToHostException.class);
      }
    }
  }

  @Test
  void twoLabsRunSideBySideAndLeaveNothing() throws Exception {
    List<String> made;
    try (Lab first = Lab.open();
        Lab second = Lab.open();
        ServerSocket one = listen(first.cloud(), 8443);
        Socket ue = connect(first.ue(), LabAddresses.UE_1, LabAddresses.SERVICE, 8443)) {
      assertThat(one.isBound() && ue.isConnected()).isTrue();
      assertThatThrownBy(() -> connect(second.ue(), LabAddresses.UE_1, LabAddresses.SERVICE, 8443))
          .isInstanceOf(IOException.class);
      made = Stream.of(first.upf(), first.ue(), second.upf()).map(Namespace::name).toList();
      assertThat(made).doesNotHaveDuplicates().allMatch(LabIT::exists);
    }
    assertThat(made).noneMatch(LabIT::exists);
  }

  @Test
  void closingEndsTheProcessesStartedInTheLab() throws Exception {
    Process process;
    try (Lab lab = Lab.open()) {
      process = lab.start(lab.anchorA().command("sleep", "600"));
      assertThat(process.isAlive()).isTrue();
    }
    assertThat(process.isAlive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 14, 25, 33})
  void aFailedStepLeavesNothing(int failing) {
    long before = namespacesOfThisProcess();
    AtomicInteger step = new AtomicInteger();
    Command broken =
        (arguments, input) -> {
          String said = Command.ofSystem().run(arguments, input);
          if (step.incrementAndGet() == failing) {
            throw new IOException("broken on purpose");
          }
          return said;
        };

    assertThatThrownBy(() -> Lab.open(broken)).hasMessage("broken on purpose");
    assertThat(namespacesOfThisProcess()).isEqualTo(before);
  }

  @Test
  void ctrlCRemovesTheLab() throws Exception {
    Held held = hold();
    new ProcessBuilder("kill", "-INT", Long.toString(held.process().pid())).start().waitFor();

    assertThat(held.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(exists(held.namespace())).isFalse();
    assertThat(ProcessHandle.of(held.child()).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void theNextLabRemovesWhatAKilledProcessLeft() throws Exception {
    Held held = hold();
    held.process().destroyForcibly().waitFor();
    assertThat(exists(held.namespace())).isTrue();

    Lab.open().close();

    assertThat(exists(held.namespace())).isFalse();
    ProcessHandle.of(held.child())
        .ifPresent(child -> child.onExit().orTimeout(5, TimeUnit.SECONDS).join());
  }

  private record Held(Process process, String namespace, long child) {}

  private static Held hold() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LabHolder.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String[] line = process.inputReader().readLine().split(" ", -1);
    return new Held(process, line[0], Long.parseLong(line[1]));
  }

  private static ServerSocket listen(Namespace namespace, int port) throws IOException {
    return namespace.call(() -> new ServerSocket(port));
  }

  private static Socket connect(Namespace namespace, String from, String to, int port)
      throws IOException {
    return namespace.call(
        () -> {
          Socket socket = new Socket();
          try {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress(to, port), (int) CONNECT_TIME_MAX.toMillis());
            return socket;
          } catch (IOException e) {
            socket.close();
            throw e;
          }
        });
  }

  private static boolean exists(String namespace) {
    return Files.exists(Path.of("/run/netns", namespace));
  }

  private static long namespacesOfThisProcess() {
    String mine = "-" + ProcessHandle.current().pid() + "-";
    try (Stream<Path> all = Files.list(Path.of("/run/netns"))) {
      return all.filter(file -> file.toString().contains(mine)).count();
    } catch (IOException e) {
      return 0;
    }
  }
}
