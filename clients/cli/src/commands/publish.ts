import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openObjectStore, type SecurityFlags } from '@isthmus/chassis';
import {
  atPlaces,
  bundleFileName,
  type Distribution,
  distributeModel,
  distributionLine,
  isRejection,
  replicaName,
  stateName,
} from '@isthmus/trainer';
import { describeError, errorResult } from '../describe-error.js';
import { exitCode } from '../exit-code.js';
import { type AdminOptions, adminAddresses } from '../mesh/admin-addresses.js';
import { meshLayout } from '../mesh/layout.js';
import { modelArgument, type NamedModel } from '../mesh/model-argument.js';
import { commandSecurity } from '../mesh/protection.js';
import { textTable } from '../text-table.js';
import { verifyModelFolder } from '../verification/verify-model-folder.js';
import type { Command } from './command-context.js';

/** Options of `isthmus publish`. */
export interface PublishOptions extends SecurityFlags, AdminOptions {
  /** A folder, NAME or NAME@VERSION. */
  readonly model?: string;
  readonly directory: string;
  /** URL of the store that the programs read; that of the mesh's folder where absent. */
  readonly objects?: string;
  readonly label?: readonly string[];
  /** NAME@VERSION. */
  readonly as?: string;
  readonly trust?: string;
  readonly deadlineMs: number;
}

/**
 * Brings a model to every replica: stored, registered, verified and warmed everywhere, then labelled. Exit code 3 where the
 * model does not hold, here or there.
 */
export const publish: Command<PublishOptions> = async (options, { output, signal }) => {
  const addresses = adminAddresses(options);
  const layout = meshLayout(options.directory);
  const security = commandSecurity(options, layout.certificatesDirectory, 'operator');
  const model = await modelArgument(options.model, layout, options.as);
  const { source } = model;
  const refused = await refusedHere(model, options.trust ?? layout.trustFile);
  if (refused !== undefined) {
    output.line(`refused before anything was stored: ${refused.message}`);
    output.result({ error: refused });
    return exitCode.rejected;
  }
  try {
    const outcome = await atPlaces(addresses, security, (places) =>
      distributeModel({
        source,
        objects: openObjectStore(options.objects ?? layout.objectsUrl),
        places,
        labels: options.label ?? [],
        deadlineMs: options.deadlineMs,
        signal,
        onEvent: (event) => output.line(distributionLine(source, event)),
      }),
    );
    for (const line of outcomeLines(outcome)) output.line(line);
    output.result(outcome);
    return exitCode.ok;
  } catch (error) {
    if (!isRejection(error)) throw error;
    output.line(`refused: ${describeError(error)}`);
    output.result(errorResult(error));
    return exitCode.rejected;
  }
};

/** What is wrong with the attestation beside the files, as far as it can be told here: with a trust file. */
async function refusedHere(
  { folder }: NamedModel,
  trustFile: string,
): Promise<{ code: string; message: string } | undefined> {
  if (!existsSync(trustFile) || !existsSync(join(folder, bundleFileName))) return undefined;
  const verdict = await verifyModelFolder({ folder, trustFile });
  if (verdict.verified) return undefined;
  const { code, message } = verdict;
  return { code, message: `${folder} does not hold (${code}): ${message}` };
}

function outcomeLines({ name, version, digest, replicas, labels }: Distribution): string[] {
  return [
    ...textTable([
      ['replica', 'state', 'labels'],
      ...replicas.map((replica) => [
        replicaName(replica),
        stateName(replica.state),
        replica.labels.join(' ') || '-',
      ]),
    ]),
    `${name} ${version} (${digest.slice(0, 12)}) is served by ${replicas.length} ${replicas.length === 1 ? 'replica' : 'replicas'}`,
    ...(labels.length > 0
      ? []
      : [`no label points at it yet: isthmus label ${name} stable ${version} --to HOST:PORT`]),
  ];
}
