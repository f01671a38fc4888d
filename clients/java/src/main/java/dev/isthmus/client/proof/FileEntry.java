package dev.isthmus.client.proof;

/**
 * A file of a model.
 *
 * @param name inside the model, with {@code /} between folders
 * @param sha256 of the content, 64 lower-case hexadecimal digits
 * @param sizeBytes size
 */
public record FileEntry(String name, String sha256, long sizeBytes) {}
