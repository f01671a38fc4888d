package dev.isthmus.examples.rerank;

import dev.isthmus.retrieval.v1.Hit;
import dev.isthmus.retrieval.v1.Interest;
import dev.isthmus.retrieval.v1.RetrieveResponse;
import java.util.Comparator;
import java.util.List;

/** A logistic model over where a candidate comes from: how probable its interest is, its rank there, its score. */
final class Ranking {
  /** A candidate with the score of this model. */
  record Ranked(String itemId, double score, String interest) {}

  private Ranking() {}

  static List<Ranked> rank(RetrieveResponse answer) {
    return answer.getHitsList().stream()
        .map(hit -> scored(hit, answer.getInterests(hit.getInterest())))
        .sorted(Comparator.comparingDouble(Ranked::score).reversed().thenComparing(Ranked::itemId))
        .toList();
  }

  private static Ranked scored(Hit hit, Interest interest) {
    double logit =
        0.5 * Math.log(interest.getProbability() + 1e-9) + 2.0 / (1 + hit.getRankInInterest()) + 0.1 * hit.getScore();
    return new Ranked(hit.getItemId(), 1 / (1 + Math.exp(-logit)), interest.getId());
  }
}
