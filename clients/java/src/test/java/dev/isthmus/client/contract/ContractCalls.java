package dev.isthmus.client.contract;

import com.google.gson.JsonObject;
import com.google.protobuf.Message;
import dev.isthmus.client.DuplexStream;
import dev.isthmus.client.IsthmusClient;
import dev.isthmus.client.IsthmusClientBuilder;
import dev.isthmus.client.MessageStream;
import dev.isthmus.client.TlsOptions;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Finds the client's own method for a method of the contract, by its name. */
final class ContractCalls implements AutoCloseable {
  private static final Map<String, String> SERVICES =
      Map.of(
          "RetrievalService", "retrieval",
          "CatalogueService", "catalogue",
          "RepresentationService", "representation",
          "AttestationService", "attestation",
          "ProofService", "proofs",
          "TransparencyLogService", "log",
          "ModelService", "models");

  private final Map<String, IsthmusClient> clients = new HashMap<>();

  /** One method of one service, with the deadline of the case. */
  final class Call {
    private final Object service;
    private final String name;

    private Call(Object service, String name) {
      this.service = service;
      this.name = name;
    }

    /** The message class of the requests: what the method takes, or what its iterator or stream holds. */
    Message.Builder requestBuilder() throws ReflectiveOperationException {
      Method method = method(name);
      Type type =
          method.getParameterCount() == 0
              ? ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0]
              : method.getGenericParameterTypes()[0];
      if (type instanceof ParameterizedType iterator) type = iterator.getActualTypeArguments()[0];
      return (Message.Builder) ((Class<?>) type).getMethod("newBuilder").invoke(null);
    }

    Message unary(Message request) throws Throwable {
      return (Message) invoke(name, request);
    }

    @SuppressWarnings("unchecked")
    CompletableFuture<Message> async(Message request) throws Throwable {
      return (CompletableFuture<Message>) invoke(name + "Async", request);
    }

    Message clientStream(Iterator<Message> requests) throws Throwable {
      return (Message) invoke(name, requests);
    }

    @SuppressWarnings("unchecked")
    MessageStream<Message> serverStream(Message request) throws Throwable {
      return (MessageStream<Message>) invoke(name, request);
    }

    @SuppressWarnings("unchecked")
    DuplexStream<Message, Message> duplex(List<Message> requests) throws Throwable {
      DuplexStream<Message, Message> stream = (DuplexStream<Message, Message>) invoke(name);
      requests.forEach(stream::write);
      stream.finish();
      return stream;
    }

    private Object invoke(String methodName, Object... arguments) throws Throwable {
      try {
        return method(methodName).invoke(service, arguments);
      } catch (InvocationTargetException failure) {
        throw failure.getCause();
      }
    }

    private Method method(String methodName) {
      return Arrays.stream(service.getClass().getMethods())
          .filter(method -> method.getName().equals(methodName))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("the client has no method " + methodName));
    }
  }

  /**
   * @param path for example {@code isthmus.retrieval.v1.RetrievalService/Retrieve}
   * @param tls files of the caller; null for plain text
   * @param deadlineMs null for that of the client
   */
  Call call(String path, String address, JsonObject tls, Long deadlineMs)
      throws ReflectiveOperationException, IOException {
    int slash = path.indexOf('/');
    String service = path.substring(path.lastIndexOf('.', slash) + 1, slash);
    String name = Character.toLowerCase(path.charAt(slash + 1)) + path.substring(slash + 2);
    Object found = IsthmusClient.class.getMethod(SERVICES.get(service)).invoke(client(address, tls));
    if (deadlineMs != null) {
      found = found.getClass().getMethod("withDeadline", Duration.class).invoke(found, Duration.ofMillis(deadlineMs));
    }
    return new Call(found, name);
  }

  private IsthmusClient client(String address, JsonObject tls) throws IOException {
    String place = address + " " + tls;
    IsthmusClient known = clients.get(place);
    if (known != null) return known;
    IsthmusClientBuilder builder =
        IsthmusClient.builder().retrieval(address).representation(address).attestation(address).admin(address);
    if (tls == null) {
      builder.insecure();
    } else {
      TlsOptions options = TlsOptions.create().authorities(Path.of(tls.get("ca").getAsString()));
      if (!tls.get("certificate").isJsonNull()) {
        options.certificate(Path.of(tls.get("certificate").getAsString()), Path.of(tls.get("key").getAsString()));
      }
      builder.tls(options);
    }
    IsthmusClient client = builder.build();
    clients.put(place, client);
    return client;
  }

  @Override
  public void close() {
    clients.values().forEach(IsthmusClient::close);
  }
}
