package io.aipaging.aipf.catalog;

import static io.aipaging.aipf.catalog.TestCatalogs.aisi;
import static io.aipaging.aipf.catalog.TestCatalogs.anchor;
import static io.aipaging.aipf.catalog.TestCatalogs.catalog;
import static io.aipaging.aipf.catalog.TestCatalogs.placed;
import static io.aipaging.aipf.catalog.TestCatalogs.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.QosGrant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final Aisi EMBED = aisi("embed", "standard");
  private static final Aisi CHAT = aisi("chat", "premium");
  private static final AiService EMBED_SERVICE = service(EMBED, "EMBEDDING", 1, "embed");
  private static final AiService CHAT_SERVICE = service(CHAT, "CHAT", 2, "chat");

  @Test
  void servicesAndAnchorsAreFoundByTheirNames() {
    Anchor a = anchor("a", 1, EMBED);
    Anchor b = anchor("b", 2, EMBED, CHAT);
    Catalog catalog = catalog(List.of(EMBED_SERVICE, CHAT_SERVICE), List.of(a, b));

    assertThat(catalog.service(CHAT)).contains(CHAT_SERVICE);
    assertThat(catalog.service(aisi("other", "standard"))).isEmpty();
    assertThat(catalog.anchor("b")).contains(b);
    assertThat(catalog.anchor("c")).isEmpty();
    assertThat(catalog.anchorsServing(EMBED)).containsExactly(a, b);
    assertThat(catalog.anchorsServing(CHAT)).containsExactly(b);
  }

  @Test
  void anAnchorOfAnUnknownServiceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalog(List.of(EMBED_SERVICE), List.of(anchor("a", 1, EMBED, CHAT))))
        .withMessage("anchor a serves an unknown AISI: " + CHAT);
  }

  @Test
  void twoServicesNeverShareIdentityOrAddress() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> catalog(List.of(EMBED_SERVICE, service(EMBED, "CHAT", 9, "x")), List.of()))
        .withMessageStartingWith("AISI is given twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalog(List.of(EMBED_SERVICE, service(CHAT, "CHAT", 1, "x")), List.of()))
        .withMessageStartingWith("service address is given twice");
  }

  @Test
  void twoAnchorsNeverShareIdOrEndpoint() {
    List<AiService> services = List.of(EMBED_SERVICE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalog(services, List.of(anchor("a", 1, EMBED), anchor("a", 2, EMBED))))
        .withMessage("anchor id is given twice: a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalog(services, List.of(anchor("a", 1, EMBED), anchor("b", 1, EMBED))))
        .withMessage("anchor endpoint is given twice: 10.0.0.1:8000");
  }

  @Test
  void aCatalogueNeedsAServiceAndACurrency() {
    assertThatIllegalArgumentException().isThrownBy(() -> catalog(List.of(), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Catalog("euro", List.of(EMBED_SERVICE), List.of(), List.of()));
  }

  @Test
  void tierComesFromTheIdentity() {
    assertThat(CHAT_SERVICE.tier()).isEqualTo("PREMIUM");
  }

  @Test
  void anchorsRefuseImpossibleFacts() {
    Anchor good = anchor("a", 1, EMBED);
    assertThatIllegalArgumentException().isThrownBy(() -> placed(good, "EU", 3, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> placed(good, "DE", 6, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> placed(good, "DE", -1, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> placed(good, "DE", 3, -1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> placed(good, "DE", 3, 1, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> anchor("a", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> anchor("a b", 1, EMBED));
  }

  @Test
  void anchorsSayWhatACommitNeeds() {
    var ref = anchor("a", 7, EMBED).ref();
    assertThat(ref.id()).isEqualTo("a");
    assertThat(ref.dnai()).isEqualTo("dnai-a");
    assertThat(ref.endpoint()).hasToString("10.0.0.7:8000");
  }

  @Test
  void targetsRefuseImpossiblePromises() {
    Duration ms = Duration.ofMillis(10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServiceTargets(Duration.ZERO, ms, 0.9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServiceTargets(ms, Duration.ofMillis(9), 0.9));
    assertThatIllegalArgumentException().isThrownBy(() -> new ServiceTargets(ms, ms, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ServiceTargets(ms, ms, 1.1));
  }

  @Test
  void qosReferenceAndPolicyBelongTogether() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServiceQos(QosPolicy.REQUIRED, null, null, null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServiceQos(QosPolicy.NONE, "ref", null, null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServiceQos(QosPolicy.PREFERRED, "ref", "fast", null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServiceQos(QosPolicy.PREFERRED, "ref", null, null, 64));
  }

  @Test
  void withoutABindingACommitCarriesTheMarkingOnly() {
    ServiceQos qos = new ServiceQos(QosPolicy.PREFERRED, "ref", "2 Mbps", "5 Mbps", 26);
    assertThat(qos.grant("binding-1"))
        .isEqualTo(new QosGrant("binding-1", "ref", "2 Mbps", "5 Mbps", 26));
    assertThat(qos.grant(null)).isEqualTo(new QosGrant(null, null, null, null, 26));
    assertThat(ServiceQos.NONE.grant(null)).isEqualTo(QosGrant.NONE);
  }
}
