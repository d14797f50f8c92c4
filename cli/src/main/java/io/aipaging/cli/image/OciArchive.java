package io.aipaging.cli.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;

/**
 * An image as an archive in the layout of the Open Container Initiative. It depends on nothing but
 * its files: times, owners and order are always the same.
 *
 * @param name such as {@code aipaging/nf-aipf:0.1.0-SNAPSHOT}
 * @param layers files by their place in the image, the least often changed first
 * @param entryPoint what is started
 * @param arguments what follows unless the user says otherwise
 * @param environment variables
 * @param labels what tools show
 */
record OciArchive(
    String name,
    List<Layer> layers,
    List<String> entryPoint,
    List<String> arguments,
    Map<String, String> environment,
    Map<String, String> labels) {
  private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
  private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
  private static final String OWNER = "0:0";

  /**
   * A layer.
   *
   * @param name what it holds
   * @param files by place in the image
   */
  record Layer(String name, SortedMap<String, Path> files) {}

  /**
   * Writes the archive.
   *
   * @param cache folder that images built at the same time share, so that none of their common
   *     layers is made twice
   * @return digest of the image's manifest, {@code sha256:…}
   */
  String write(Path archive, Path cache) throws IOException {
    Path empty = Files.createDirectories(cache.resolve("empty"));
    try {
      JibContainerBuilder image =
          Jib.fromScratch()
              .setFormat(ImageFormat.OCI)
              .setPlatforms(Set.of(new Platform("amd64", "linux")))
              .setCreationTime(Stamp.TIME)
              .setUser(RootFiles.USER + ":" + RootFiles.USER)
              .setWorkingDirectory(AbsoluteUnixPath.get("/tmp"))
              .setEntrypoint(entryPoint)
              .setProgramArguments(arguments)
              .setEnvironment(environment)
              .setLabels(labels)
              .addFileEntriesLayer(folders(empty));
      for (Layer layer : layers) {
        image.addFileEntriesLayer(entries(layer));
      }
      return image
          .containerize(
              Containerizer.to(TarImage.at(archive).named(name))
                  .setOfflineMode(true)
                  .setToolName("aipaging")
                  .setBaseImageLayersCache(cache.resolve("base"))
                  .setApplicationLayersCache(cache.resolve("layers")))
          .getDigest()
          .toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImageFailed("interrupted while " + name + " was written", e);
    } catch (RegistryException
        | CacheDirectoryCreationException
        | ExecutionException
        | InvalidImageReferenceException e) {
      throw new ImageFailed(name + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static FileEntriesLayer folders(Path empty) {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("folders");
    for (String folder : RootFiles.FOLDERS) {
      String owner = folder.equals("/tmp") ? RootFiles.USER + ":" + RootFiles.USER : OWNER;
      layer.addEntry(empty, AbsoluteUnixPath.get(folder), PROGRAM, Stamp.TIME, owner);
    }
    return layer.build();
  }

  private static FileEntriesLayer entries(Layer layer) {
    FileEntriesLayer.Builder entries = FileEntriesLayer.builder().setName(layer.name());
    layer
        .files()
        .forEach(
            (place, file) ->
                entries.addEntry(
                    file,
                    AbsoluteUnixPath.get(place),
                    Files.isExecutable(file) ? PROGRAM : FILE,
                    Stamp.TIME,
                    OWNER));
    return entries.build();
  }
}
