/** Longest text of a failure, in UTF-16 code units: a page of a thousand runs must fit a message. */
const longest = 500;

/**
 * What a failure says, fit to be stored and shown. The words may hold names that a prover chose: control characters would
 * be refused by the database or steer a terminal, and lone surrogates are no text.
 */
export function failureText(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replaceAll(/[\p{Cc}\p{Surrogate}]/gu, '\ufffd');
}
