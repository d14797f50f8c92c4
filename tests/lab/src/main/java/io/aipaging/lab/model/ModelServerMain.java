package io.aipaging.lab.model;

import java.util.concurrent.CountDownLatch;

/** The model server as a process. */
public final class ModelServerMain {
  private static final String LOG_CONFIGURATION = "logback.configurationFile";

  private ModelServerMain() {}

  /**
   * Serves until the process is ended.
   *
   * @param arguments host, port and optionally the model's name
   */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length < 2 || arguments.length > 3) {
      throw new IllegalArgumentException("usage: ModelServerMain <host> <port> [<model>]");
    }
    // Before the first logger exists: unconfigured, the libraries below tell everything they do.
    if (System.getProperty(LOG_CONFIGURATION) == null) {
      System.setProperty(LOG_CONFIGURATION, "io/aipaging/lab/model/logback.xml");
    }
    String model = arguments.length == 3 ? arguments[2] : ModelServer.MODEL;
    ModelServer server =
        ModelServer.start(
            arguments[0], Integer.parseInt(arguments[1]), model, new MiniLmEmbedder());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println("model server listens on port " + server.port());
    new CountDownLatch(1).await();
  }
}
