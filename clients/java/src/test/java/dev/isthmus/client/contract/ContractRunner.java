package dev.isthmus.client.contract;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Message;
import dev.isthmus.client.FieldViolation;
import dev.isthmus.client.IsthmusException;
import dev.isthmus.client.MessageStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Makes every call of the contract through this client: the Java answer to what clients/README.md asks of each language.
 * Run by clients/java/contract-test. Every other unary call goes through the client's futures.
 */
public final class ContractRunner {
  private static final long CANCEL_AFTER_MS = 100;

  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;

  private ContractRunner(String base) {
    this.base = base;
  }

  /**
   * Ends with 0 where all cases passed.
   *
   * @param arguments none
   * @throws Exception where the cases cannot be had
   */
  public static void main(String[] arguments) throws Exception {
    String base = System.getenv("ISTHMUS_CONTRACT_URL");
    if (base == null) throw new IllegalStateException("ISTHMUS_CONTRACT_URL says where the cases are served");
    System.exit(new ContractRunner(base).run());
  }

  private int run() throws Exception {
    List<String> failed = new ArrayList<>();
    int passed = 0;
    try (ContractCalls calls = new ContractCalls()) {
      for (JsonElement element : get("cases?can=tls,drain").getAsJsonArray()) {
        JsonObject one = element.getAsJsonObject();
        String path = "cases/" + one.get("id").getAsInt() + "/";
        JsonObject begun = post(path + "begin", named());
        JsonObject verdict = post(path + "end", perform(calls, one, begun));
        if (verdict.get("passed").getAsBoolean()) passed++;
        else failed.add(one.get("name").getAsString() + ": " + verdict.get("problem").getAsString());
      }
    }
    System.out.println(passed + " passed, " + failed.size() + " failed");
    failed.forEach(System.out::println);
    return failed.isEmpty() ? 0 : 1;
  }

  private JsonObject perform(ContractCalls calls, JsonObject one, JsonObject begun) {
    JsonArray answers = new JsonArray();
    JsonObject outcome = named();
    outcome.add("answers", answers);
    try {
      JsonElement deadline = begun.get("deadlineMs");
      ContractCalls.Call call =
          calls.call(
              one.get("method").getAsString(),
              one.get("address").getAsString(),
              one.get("tls").isJsonNull() ? null : one.getAsJsonObject("tls"),
              deadline.isJsonNull() ? null : deadline.getAsLong());
      List<Message> requests = new ArrayList<>();
      for (JsonElement request : begun.getAsJsonArray("requests")) {
        requests.add(call.requestBuilder().mergeFrom(Base64.getDecoder().decode(request.getAsString())).build());
      }
      make(call, one, requests, answers);
      outcome.addProperty("code", "OK");
    } catch (IsthmusException failure) {
      describe(failure, outcome);
    } catch (Throwable failure) {
      outcome.addProperty("code", "");
      outcome.addProperty("message", failure.toString());
    }
    return outcome;
  }

  private void make(ContractCalls.Call call, JsonObject one, List<Message> requests, JsonArray answers)
      throws Throwable {
    boolean clientStreams = one.get("clientStreaming").getAsBoolean();
    boolean serverStreams = one.get("serverStreaming").getAsBoolean();
    boolean cancels = one.get("behaviour").getAsString().equals("cancel");
    boolean drains = one.get("behaviour").getAsString().equals("drain");
    if (serverStreams) {
      try (MessageStream<Message> stream =
          clientStreams ? call.duplex(requests) : call.serverStream(requests.get(0))) {
        while (stream.hasNext()) {
          keep(stream.next(), answers);
          if (cancels) stream.cancel();
          if (drains) post("cases/" + one.get("id").getAsInt() + "/first", named());
        }
      }
    } else if (clientStreams) {
      keep(call.clientStream(requests.iterator()), answers);
    } else if (cancels) {
      keep(cancelled(call.async(requests.get(0))), answers);
    } else if (one.get("id").getAsInt() % 2 == 0) {
      keep(call.unary(requests.get(0)), answers);
    } else {
      keep(joined(call.async(requests.get(0))), answers);
    }
  }

  private static Message joined(CompletableFuture<Message> answer) throws Throwable {
    try {
      return answer.join();
    } catch (CompletionException failure) {
      throw failure.getCause();
    }
  }

  /** A future that was cancelled throws CancellationException, which is Java's own CANCELLED. */
  private static Message cancelled(CompletableFuture<Message> answer) throws Throwable {
    CompletableFuture.delayedExecutor(CANCEL_AFTER_MS, TimeUnit.MILLISECONDS).execute(() -> answer.cancel(true));
    try {
      return joined(answer);
    } catch (java.util.concurrent.CancellationException ended) {
      throw IsthmusException.from(
          io.grpc.Status.CANCELLED.withDescription("the future was cancelled").withCause(ended).asException());
    }
  }

  private static void describe(IsthmusException failure, JsonObject outcome) {
    outcome.addProperty("code", failure.code().name());
    outcome.addProperty("reason", failure.reason());
    outcome.addProperty("domain", failure.domain());
    outcome.addProperty("message", failure.getMessage());
    JsonArray violations = new JsonArray();
    for (FieldViolation violation : failure.violations()) {
      JsonObject json = new JsonObject();
      json.addProperty("field", violation.field());
      json.addProperty("description", violation.description());
      violations.add(json);
    }
    outcome.add("violations", violations);
  }

  private static void keep(Message answer, JsonArray answers) {
    answers.add(Base64.getEncoder().encodeToString(answer.toByteArray()));
  }

  private static JsonObject named() {
    JsonObject body = new JsonObject();
    body.addProperty("language", "java");
    return body;
  }

  private JsonElement get(String path) throws IOException, InterruptedException {
    return send(path, HttpRequest.newBuilder(URI.create(base + "/" + path)).GET().build());
  }

  private JsonObject post(String path, JsonObject body) throws IOException, InterruptedException {
    var content = HttpRequest.BodyPublishers.ofString(new Gson().toJson(body));
    return send(path, HttpRequest.newBuilder(URI.create(base + "/" + path)).POST(content).build()).getAsJsonObject();
  }

  private JsonElement send(String path, HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) throw new IOException(path + ": " + response.body());
    return JsonParser.parseString(response.body());
  }
}
