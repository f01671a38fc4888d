import { baseOptions } from './base-options.js';
import { leavesOf } from './option.js';
import { describeType, optionType } from './option-type.js';

/** The text of docs/configuration.md. */
export function configurationPage(): string {
  const groups = Object.entries(baseOptions).map(([group, tree]) => {
    const rows = [...leavesOf(tree, `${group}.`)].map(([path, option]) => {
      const type = optionType(option.schema);
      const unit = option.unit ? ` (${option.unit})` : '';
      const secret = option.secret ? ' Secret.' : '';
      return `| \`${path}\` | \`${JSON.stringify(type.defaultValue)}\` | ${describeType(type)}${unit} | ${option.description}${secret} |`;
    });
    return `### ${group}\n\n| option | default | value | meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Configuration

<!-- Written by \`npm run pages -w @isthmus/chassis\` from services/chassis/src/configuration/base-options.ts. Do not edit. -->

Every program of Isthmus is configured in the same way, from four sources, of which the later one wins:

1. the defaults below;
2. a YAML file, named by \`--config FILE\` or by the variable \`ISTHMUS_<PROGRAM>_CONFIG\`: groups are maps, \`server: { address: 127.0.0.1:7402 }\`;
3. the environment: \`server.maxMessageBytes\` of \`retrieval\` is \`ISTHMUS_RETRIEVAL_SERVER_MAX_MESSAGE_BYTES\`;
4. flags: \`--server.maxMessageBytes=8388608\`. Lists are separated by commas; a switch alone is \`true\`.

A configuration is checked as a whole before anything starts. Every problem is listed at once with its place and what to
do about it, unknown names are refused with the nearest known one, and the program ends with exit code 2.
\`--print-config\` prints the effective configuration, secrets redacted, in a form that \`--config\` reads back; \`--help\`
lists all options of a program, its own included.

All ports bind to the loopback interface unless another address is given. A program that serves prints one line of JSON to
its standard output, \`{"event":"serving","program":…,"address":…,"adminAddress":…}\`; its logs go to the standard error stream.

## Options of every program

${groups.join('\n')}
## Stopping

SIGTERM and SIGINT stop a program in this order: health says \`NOT_SERVING\`; \`server.drainDelayMs\` pass, so that load
balancers notice; new calls are refused and response streams end with \`DRAINING\`, while every other call may finish within
\`server.shutdownGraceMs\`; the parts of the program stop; clients, stores and the database close; telemetry is flushed; the
exit code is 0. A second signal ends the program at once with 130 (SIGINT) or 143 (SIGTERM). An exception that nobody
caught is logged and ends it with 1.
`;
}
