import { reasonNotes } from './reason-notes.js';

/** The text of docs/errors.md. */
export function errorsPage(): string {
  const notes = reasonNotes();
  const codes = [...new Set(notes.map(({ code }) => code))].sort();
  return `# Errors

<!-- Written by \`npm run pages -w @isthmus/chassis\` from proto/isthmus/model/v1/errors.proto. Do not edit. -->

A call that fails carries a canonical gRPC code and, in the trailer \`grpc-status-details-bin\`, a \`google.rpc.Status\` with
an \`ErrorInfo\`: \`domain\` is \`isthmus\`, \`reason\` is one of those below, \`metadata\` holds the facts ([AIP-193](https://google.aip.dev/193)).
\`FIELD_INVALID\` also carries a \`BadRequest\` that names every field at fault, and errors that are worth repeating carry
\`RetryInfo\` with the time to wait. A code without \`ErrorInfo\` comes from gRPC or from something between client and server.

Programs should branch on the reason. Messages are for people and change.

| reason | code | cause | remedy |
|---|---|---|---|
${notes.map(({ name, code, cause, remedy }) => `| \`${name}\` | \`${code}\` | ${cause} | ${sentence(remedy)} |`).join('\n')}

## By code

${codes
  .map(
    (code) =>
      `- \`${code}\`: ${notes
        .filter((note) => note.code === code)
        .map(({ name }) => `\`${name}\``)
        .join(', ')}`,
  )
  .join('\n')}

## What is retried

The clients repeat a call by themselves on \`UNAVAILABLE\` only, and only where a repetition does no harm: methods that read,
and methods whose request carries a \`request_id\`. They do not repeat \`OVERLOADED\`: repeated at once, it would only add to
the load; wait as long as its \`RetryInfo\` says.
`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
