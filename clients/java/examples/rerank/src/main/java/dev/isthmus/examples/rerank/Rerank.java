package dev.isthmus.examples.rerank;

import com.google.protobuf.util.JsonFormat;
import dev.isthmus.client.IsthmusClient;
import dev.isthmus.client.IsthmusClientBuilder;
import dev.isthmus.client.IsthmusException;
import dev.isthmus.client.TlsOptions;
import dev.isthmus.client.proof.AttestationEvidence;
import dev.isthmus.client.proof.AttestationTrust;
import dev.isthmus.client.proof.AttestationVerifier;
import dev.isthmus.client.proof.ProofException;
import dev.isthmus.client.proof.VerifiedAttestation;
import dev.isthmus.model.v1.ModelIdentity;
import dev.isthmus.model.v1.UserContext;
import dev.isthmus.retrieval.v1.RetrieveRequest;
import dev.isthmus.retrieval.v1.RetrieveResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A re-ranker: takes candidates with their provenance, checks offline that the model which found them was attested, and
 * orders them by a small model of its own. clients/README.md describes arguments and output, the same in every language.
 */
public final class Rerank {
  private static final int CANDIDATES = 50;
  private static final int SHOWN = 10;

  private Rerank() {}

  /**
   * Ends with 1 where the call or a check fails.
   *
   * @param arguments {@code --name=value}
   * @throws IOException where a file cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> options = options(arguments);
    try {
      RetrieveResponse answer = candidates(options);
      VerifiedAttestation attestation = verified(options, answer.getModel().getDigest());
      print(answer.getModel(), attestation, Ranking.rank(answer));
    } catch (ProofException refused) {
      fail(refused.code().name(), refused);
    } catch (IsthmusException failed) {
      fail(failed.reason(), failed);
    }
  }

  private static RetrieveResponse candidates(Map<String, String> options) throws IOException {
    UserContext.Builder user = UserContext.newBuilder();
    JsonFormat.parser().merge(Files.readString(Path.of(options.get("user"))), user);
    RetrieveRequest.Builder request = RetrieveRequest.newBuilder().setUser(user).setK(CANDIDATES).setExplain(true);
    request.getModelBuilder().setName(options.get("model"));
    IsthmusClientBuilder builder = IsthmusClient.builder().retrieval(options.get("retrieval"));
    // Mutual TLS where an authority is named; otherwise plain text, for servers that have said so too.
    if (options.containsKey("tls-authority")) {
      builder.tls(
          TlsOptions.create()
              .authorities(Path.of(options.get("tls-authority")))
              .certificate(Path.of(options.get("tls-certificate")), Path.of(options.get("tls-key"))));
    } else {
      builder.insecure();
    }
    try (IsthmusClient client = builder.build()) {
      return client.retrieval().withDeadline(Duration.ofSeconds(10)).retrieve(request.build());
    }
  }

  /** The attestation must be about the very model that answered. */
  private static VerifiedAttestation verified(Map<String, String> options, String modelDigest) throws IOException {
    return AttestationVerifier.verify(
        AttestationEvidence.of(Files.readAllBytes(Path.of(options.get("bundle"))))
            .withLogProof(Files.readString(Path.of(options.get("log-proof"))))
            .withModelDigest(modelDigest),
        AttestationTrust.fromJson(Files.readAllBytes(Path.of(options.get("trust")))));
  }

  private static void print(ModelIdentity model, VerifiedAttestation attestation, List<Ranking.Ranked> ranked) {
    System.out.printf(
        "model %s version %s attested %s %s %s: verified%n",
        model.getName(), model.getVersion(), attestation.attestationId(), attestation.assurance(), attestation.mode());
    for (int i = 0; i < Math.min(SHOWN, ranked.size()); i++) {
      Ranking.Ranked one = ranked.get(i);
      String score = new BigDecimal(one.score()).setScale(6, RoundingMode.HALF_UP).toPlainString();
      System.out.println(String.join("\t", String.valueOf(i + 1), one.itemId(), score, one.interest()));
    }
  }

  private static void fail(String kind, Exception failure) {
    System.err.println(kind + ": " + failure.getMessage());
    System.exit(1);
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (String argument : arguments) {
      int at = argument.indexOf('=');
      if (argument.startsWith("--") && at > 0) options.put(argument.substring(2, at), argument.substring(at + 1));
    }
    for (String name : List.of("retrieval", "model", "user", "trust", "bundle", "log-proof")) {
      if (!options.containsKey(name)) throw new IllegalArgumentException("--" + name + "=… is missing");
    }
    return options;
  }
}
