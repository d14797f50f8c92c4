package io.aipaging.aipf.lease.codec;

import static io.aipaging.aipf.lease.codec.JsonIn.required;

import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.openapi.Snssai;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.UeAddress;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the facts of {@link SessionWriter}. */
final class FactsReader {
  private @Nullable SessionId id;
  private SessionFacts.@Nullable Origin origin;
  private SessionFacts.@Nullable Subscriber subscriber;
  private SessionFacts.@Nullable Service service;
  private SessionFacts.@Nullable Client client;
  private @Nullable String bindingRef;
  private @Nullable String subject;
  private @Nullable Instant createdAt;
  private @Nullable Instant expiresAtMax;

  private FactsReader() {}

  static SessionFacts read(JsonIn in) throws IOException {
    FactsReader facts = new FactsReader();
    in.object(facts::member);
    return facts.build();
  }

  private void member(String name, JsonIn in) throws IOException {
    switch (name) {
      case "id" -> id = new SessionId(in.text());
      case "origin" -> origin = Origin.read(in);
      case "subscriber" -> subscriber = Subscriber.read(in);
      case "service" -> service = ServiceReader.read(in);
      case "client" -> client = Client.read(in);
      case "bindingRef" -> bindingRef = in.text();
      case "subject" -> subject = in.text();
      case "createdAt" -> createdAt = in.instant();
      case "expiresAtMax" -> expiresAtMax = in.instant();
      default -> in.skip();
    }
  }

  private SessionFacts build() {
    return new SessionFacts(
        required(id, "id"),
        required(origin, "origin"),
        required(subscriber, "subscriber"),
        required(service, "service"),
        required(client, "client"),
        required(bindingRef, "bindingRef"),
        required(subject, "subject"),
        required(createdAt, "createdAt"),
        required(expiresAtMax, "expiresAtMax"));
  }

  private static final class Origin {
    private @Nullable String consumer;
    private @Nullable String key;
    private @Nullable String requestSha256;
    private @Nullable String afId;

    static SessionFacts.Origin read(JsonIn in) throws IOException {
      Origin origin = new Origin();
      in.object(origin::member);
      return new SessionFacts.Origin(
          required(origin.consumer, "consumer"),
          origin.key,
          required(origin.requestSha256, "requestSha256"),
          origin.afId);
    }

    private void member(String name, JsonIn in) throws IOException {
      switch (name) {
        case "consumer" -> consumer = in.text();
        case "key" -> key = in.text();
        case "requestSha256" -> requestSha256 = in.text();
        case "afId" -> afId = in.text();
        default -> in.skip();
      }
    }
  }

  private static final class Subscriber {
    private @Nullable UeAddress ue;
    private @Nullable String dnn;
    private @Nullable Snssai snssai;
    private @Nullable String supi;
    private @Nullable Integer sst;
    private @Nullable String sd;

    static SessionFacts.Subscriber read(JsonIn in) throws IOException {
      Subscriber subscriber = new Subscriber();
      in.object(subscriber::member);
      return new SessionFacts.Subscriber(
          required(subscriber.ue, "ue"), subscriber.dnn, subscriber.snssai, subscriber.supi);
    }

    private void member(String name, JsonIn in) throws IOException {
      switch (name) {
        case "ue" -> ue = UeAddress.parse(in.text());
        case "dnn" -> dnn = in.text();
        case "snssai" -> {
          in.object(this::slice);
          snssai = new Snssai(required(sst, "sst"), sd);
        }
        case "supi" -> supi = in.text();
        default -> in.skip();
      }
    }

    private void slice(String name, JsonIn in) throws IOException {
      switch (name) {
        case "sst" -> sst = in.integer();
        case "sd" -> sd = in.text();
        default -> in.skip();
      }
    }
  }

  private static final class Client {
    private @Nullable String clientId;
    private @Nullable String subject;
    private @Nullable Confirmation confirmation;

    static SessionFacts.Client read(JsonIn in) throws IOException {
      Client client = new Client();
      in.object(client::member);
      return new SessionFacts.Client(
          required(client.clientId, "clientId"),
          required(client.subject, "subject"),
          required(client.confirmation, "confirmation"));
    }

    private void member(String name, JsonIn in) throws IOException {
      switch (name) {
        case "clientId" -> clientId = in.text();
        case "subject" -> subject = in.text();
        case "ueh" -> confirmation = new Confirmation.UeAddressHash(in.text());
        case "jkt" -> confirmation = new Confirmation.DpopKey(in.text());
        case "x5t" -> confirmation = new Confirmation.ClientCertificate(in.text());
        default -> in.skip();
      }
    }
  }
}
