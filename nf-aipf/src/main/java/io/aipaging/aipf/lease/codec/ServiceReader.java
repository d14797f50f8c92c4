package io.aipaging.aipf.lease.codec;

import static io.aipaging.aipf.lease.codec.JsonIn.required;

import io.aipaging.aipf.lease.QosTerms;
import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.openapi.paging.AiServiceProfile;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the service of {@link SessionWriter}. */
final class ServiceReader {
  private @Nullable Aisi aisi;
  private @Nullable AiServiceProfile profile;
  private double confidence;
  private @Nullable String address;
  private @Nullable String protocol;
  private int port;
  private @Nullable String uri;
  private @Nullable QosTerms qos;

  private ServiceReader() {}

  static SessionFacts.Service read(JsonIn in) throws IOException {
    ServiceReader service = new ServiceReader();
    in.object(service::member);
    return new SessionFacts.Service(
        required(service.aisi, "aisi"),
        required(service.profile, "profile"),
        service.confidence,
        ServiceEndpoint.of(
            required(service.address, "address"),
            required(service.protocol, "protocol"),
            service.port),
        required(service.uri, "uri"),
        required(service.qos, "service.qos"));
  }

  private void member(String name, JsonIn in) throws IOException {
    switch (name) {
      case "aisi" -> aisi = Aisi.parse(in.text());
      case "profile" -> profile = Profile.read(in);
      case "confidence" -> confidence = in.decimal();
      case "address" -> address = in.text();
      case "protocol" -> protocol = in.text();
      case "port" -> port = in.integer();
      case "uri" -> uri = in.text();
      case "qos" -> qos = Qos.read(in);
      default -> in.skip();
    }
  }

  private static final class Profile {
    private @Nullable String task;
    private @Nullable String modality;
    private @Nullable String tier;
    private int ttftMs;
    private int p99Ms;
    private double successProbability;
    private List<String> residency = List.of();
    private int trustMin;
    private @Nullable Double priceMax;
    private @Nullable String mobility;
    private @Nullable String qos;

    static AiServiceProfile read(JsonIn in) throws IOException {
      Profile profile = new Profile();
      in.object(profile::member);
      return new AiServiceProfile(
          required(profile.task, "task"),
          required(profile.modality, "modality"),
          required(profile.tier, "tier"),
          profile.ttftMs,
          profile.p99Ms,
          profile.successProbability,
          profile.residency,
          profile.trustMin,
          profile.priceMax,
          required(profile.mobility, "mobility"),
          required(profile.qos, "profile.qos"));
    }

    private void member(String name, JsonIn in) throws IOException {
      switch (name) {
        case "task" -> task = in.text();
        case "modality" -> modality = in.text();
        case "tier" -> tier = in.text();
        case "ttftMs" -> ttftMs = in.integer();
        case "p99Ms" -> p99Ms = in.integer();
        case "successProbability" -> successProbability = in.decimal();
        case "residency" -> residency = in.texts();
        case "trustMin" -> trustMin = in.integer();
        case "priceMax" -> priceMax = in.decimal();
        case "mobility" -> mobility = in.text();
        case "qos" -> qos = in.text();
        default -> in.skip();
      }
    }
  }

  private static final class Qos {
    private QosTerms.@Nullable Demand demand;
    private @Nullable String bindingRef;
    private @Nullable String qosReference;
    private @Nullable String maxBwUl;
    private @Nullable String maxBwDl;
    private @Nullable Integer dscp;

    static QosTerms read(JsonIn in) throws IOException {
      Qos qos = new Qos();
      in.object(qos::member);
      return new QosTerms(
          required(qos.demand, "demand"),
          new QosGrant(qos.bindingRef, qos.qosReference, qos.maxBwUl, qos.maxBwDl, qos.dscp));
    }

    private void member(String name, JsonIn in) throws IOException {
      switch (name) {
        case "demand" -> demand = in.word(QosTerms.Demand.class);
        case "bindingRef" -> bindingRef = in.text();
        case "qosReference" -> qosReference = in.text();
        case "maxBwUl" -> maxBwUl = in.text();
        case "maxBwDl" -> maxBwDl = in.text();
        case "dscp" -> dscp = in.integer();
        default -> in.skip();
      }
    }
  }
}
