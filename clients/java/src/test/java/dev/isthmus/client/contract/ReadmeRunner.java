package dev.isthmus.client.contract;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.isthmus.client.TestCertificates;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs the code of the README against the mesh of ISTHMUS_CONTRACT_URL. Run by clients/java/readme-test. */
public final class ReadmeRunner {
  private ReadmeRunner() {}

  /**
   * Ends with an exception where the code does not compile or fails.
   *
   * @param arguments none
   * @throws Throwable what the code threw
   */
  public static void main(String[] arguments) throws Throwable {
    HttpRequest request = HttpRequest.newBuilder(URI.create(System.getenv("ISTHMUS_CONTRACT_URL") + "/mesh")).build();
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    JsonObject mesh = JsonParser.parseString(answer).getAsJsonObject();
    JsonObject addresses = mesh.getAsJsonObject("addresses");
    JsonObject files = mesh.getAsJsonObject("files");
    Path folder = Files.createTempDirectory("isthmus-readme");
    TestCertificates.create(folder, "caller").write(folder, "caller");
    ReadmeProgram program =
        ReadmeProgram.read(
            Map.ofEntries(
                Map.entry("127.0.0.1:7401", addresses.get("representation").getAsString()),
                Map.entry("127.0.0.1:7402", addresses.get("retrieval").getAsString()),
                Map.entry("127.0.0.1:7403", addresses.get("attestation").getAsString()),
                Map.entry("ca.pem", folder.resolve("caller.pem").toString()),
                Map.entry("caller.pem", folder.resolve("caller.pem").toString()),
                Map.entry("caller.key", folder.resolve("caller.key").toString()),
                Map.entry("trust.json", files.get("trust").getAsString()),
                Map.entry("model.sigstore.json", files.get("bundle").getAsString()),
                Map.entry("model.tlog-proof", files.get("logProof").getAsString()),
                Map.entry("model", files.get("modelDirectory").getAsString())));
    program.compile(folder);
    program.run(folder);
    System.exit(0);
  }
}
