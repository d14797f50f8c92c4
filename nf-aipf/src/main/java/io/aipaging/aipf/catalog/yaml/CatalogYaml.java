package io.aipaging.aipf.catalog.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.aipaging.aipf.catalog.AiService;
import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.catalog.CatalogException;
import io.aipaging.aipf.catalog.Mobility;
import io.aipaging.aipf.catalog.QosPolicy;
import io.aipaging.aipf.catalog.ServiceQos;
import io.aipaging.aipf.catalog.ServiceTargets;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.TransportAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link Catalog} from YAML. Keys are kebab-case; an unknown key, a key given twice, a
 * missing one or a wrong value is a {@link CatalogException} that names its place. Any value may
 * hold {@code ${NAME}} or {@code ${NAME:-default}}, filled from the environment.
 */
public final class CatalogYaml {
  private static final long FILE_BYTES_MAX = 1 << 20;
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CatalogYaml() {}

  /**
   * Reads the file.
   *
   * @param file YAML of at most 1 MiB
   * @param environment what fills the placeholders, usually {@code System.getenv()}
   * @throws CatalogException if it cannot be read or is not a catalogue
   */
  public static Catalog load(Path file, Map<String, String> environment) {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new CatalogException(file + " has more than " + FILE_BYTES_MAX + " bytes");
      }
      return parse(Files.readString(file), environment);
    } catch (CatalogException e) {
      throw new CatalogException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CatalogException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads the text of such a file; throws {@link CatalogException}. */
  static Catalog parse(String text, Map<String, String> environment) {
    JsonNode root;
    try {
      root = YAML.readTree(text);
    } catch (IOException e) {
      throw new CatalogException("not YAML: " + e.getMessage(), e);
    }
    return Section.read("", root, new Placeholders(environment), CatalogYaml::catalog);
  }

  private static Catalog catalog(Section section) {
    return new Catalog(
        section.text("currency"),
        section.sections("services", CatalogYaml::service),
        section.sections("anchors", CatalogYaml::anchor),
        section.texts("not-offered"));
  }

  private static AiService service(Section section) {
    @Nullable ServiceQos qos = section.sectionOrNull("qos", CatalogYaml::qos);
    return new AiService(
        section.value("aisi", Aisi::parse),
        section.text("title"),
        section.texts("phrases"),
        section.text("task"),
        section.text("modality"),
        section.section("targets", CatalogYaml::targets),
        qos == null ? ServiceQos.NONE : qos,
        section.section("service-address", CatalogYaml::address),
        section.text("service-uri"),
        section.value("mobility", Mobility::valueOf));
  }

  private static ServiceTargets targets(Section section) {
    return new ServiceTargets(
        section.milliseconds("ttft-ms"),
        section.milliseconds("p99-ms"),
        section.decimal("success-probability"));
  }

  private static ServiceQos qos(Section section) {
    return new ServiceQos(
        section.value("policy", QosPolicy::valueOf),
        section.textOrNull("qos-reference"),
        section.textOrNull("max-bw-ul"),
        section.textOrNull("max-bw-dl"),
        section.integerOrNull("dscp"));
  }

  private static ServiceEndpoint address(Section section) {
    return ServiceEndpoint.of(
        section.text("address"), section.text("protocol"), section.integer("port"));
  }

  private static Anchor anchor(Section section) {
    List<Aisi> aisis = section.values("aisis", Aisi::parse);
    return new Anchor(
        section.text("id"),
        section.text("dnai"),
        section.text("agent-enforcer-id"),
        section.text("gate-enforcer-id"),
        section.value("admission-uri", URI::create),
        section.value("endpoint", TransportAddress::parse),
        section.text("country"),
        section.integer("trust"),
        section.milliseconds("predicted-latency-ms"),
        section.decimal("price-per-1000"),
        section.integer("slots"),
        Set.copyOf(aisis));
  }
}
