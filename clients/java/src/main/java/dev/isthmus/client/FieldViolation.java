package dev.isthmus.client;

/**
 * A field of the request that breaks a rule of the schema.
 *
 * @param field path of the field, for example {@code user.events[3].domain}
 * @param description the rule, in words
 */
public record FieldViolation(String field, String description) {}
