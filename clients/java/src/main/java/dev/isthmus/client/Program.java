package dev.isthmus.client;

/** What has an address of its own. */
enum Program {
  RETRIEVAL,
  REPRESENTATION,
  ATTESTATION,
  ADMIN;

  /** Name of the builder's method that takes the address. */
  String option() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
