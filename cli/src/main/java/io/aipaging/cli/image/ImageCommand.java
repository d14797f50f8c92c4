package io.aipaging.cli.image;

import io.aipaging.cli.run.BenchFolder;
import io.aipaging.cli.session.ConnectionOptions;
import io.aipaging.sbi.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code aipaging image}. */
@Command(
    name = "image",
    description = {
      "Builds container images as OCI archives, one per function and one of everything, without",
      "a container engine. See docs/deploy/images.md."
    },
    mixinStandardHelpOptions = true)
public final class ImageCommand implements Callable<Integer> {
  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      converter = ProductName.class,
      description = {
        "nf-aipf, nf-nef-exposure, nf-pcf-adapter, nf-smf-adapter, aexf-agent or aipaging",
        "(default: all)."
      })
  private Set<Product> only = new TreeSet<>(List.of(Product.values()));

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the archives go (default: .aipaging/images).")
  private @Nullable Path out;

  @Option(
      names = "--no-aot",
      description = {
        "Without caches of loaded classes: slower to start, and the digest depends on nothing but",
        "the files."
      })
  private boolean withoutCache;

  @Option(names = "--json", description = "End with the result as one line of JSON.")
  private boolean json;

  /** Reads {@code nf-aipf}. */
  static final class ProductName implements ITypeConverter<Product> {
    @Override
    public Product convert(String text) {
      return Product.named(text)
          .orElseThrow(() -> new TypeConversionException("there is no image '" + text + "'"));
    }
  }

  /** What was built. */
  record Result(List<ImageBuilder.Built> images) {}

  @Override
  public Integer call() throws Exception {
    PrintStream people = json ? System.err : System.out;
    Path target = out == null ? ConnectionOptions.stateFolder().resolve("images") : out;
    List<ImageBuilder.Built> built =
        BenchFolder.with(
            folder ->
                new ImageBuilder(folder, people::println, ImageBuilder.repository())
                    .build(only, target.toAbsolutePath(), !withoutCache));
    for (ImageBuilder.Built image : built) {
      people.printf(
          Locale.ROOT,
          "%-42s %6.1f MB  %s%n",
          image.name(),
          image.archiveBytes() / 1e6,
          image.digest());
    }
    if (json) {
      System.out.println(Json.MAPPER.writeValueAsString(new Result(built)));
    }
    return 0;
  }
}
