/**
 * Calls a mesh of recommendation services: candidates with the interest and the causes behind each, cross-domain
 * representations, catalogues, models and attestations. Start with {@link dev.isthmus.client.IsthmusClient#builder()}.
 */
package dev.isthmus.client;
