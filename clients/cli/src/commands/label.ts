import type { SecurityFlags } from '@isthmus/chassis';
import { atPlaces, awaitReplicas, distributionLine, moveLabel } from '@isthmus/trainer';
import { exitCode } from '../exit-code.js';
import { type AdminOptions, adminAddresses } from '../mesh/admin-addresses.js';
import { meshLayout } from '../mesh/layout.js';
import { commandSecurity } from '../mesh/protection.js';
import type { Command } from './command-context.js';

/** Options of `isthmus label`. */
export interface LabelOptions extends SecurityFlags, AdminOptions {
  readonly name: string;
  readonly label: string;
  readonly version: string;
  /** Whether to wait until every replica answers the label with the version. */
  readonly wait?: boolean;
  readonly deadlineMs: number;
  /** Folder of the mesh, for its certificates. */
  readonly directory: string;
}

/** Points a label at a version that every replica has ready, and says where it pointed before. */
export const label: Command<LabelOptions> = async (options, { output, signal }) => {
  const { name, version, deadlineMs } = options;
  const addresses = adminAddresses(options);
  const { certificatesDirectory } = meshLayout(options.directory);
  const security = commandSecurity(options, certificatesDirectory, 'operator');
  const named = { name, version };
  return atPlaces(addresses, security, async (places) => {
    const moved = [];
    for (const place of places) {
      const move = await moveLabel(place, named, options.label, signal);
      output.line(distributionLine(named, { event: 'label', ...move }));
      moved.push(move);
    }
    for (const place of options.wait === true ? places : [])
      await awaitReplicas(
        place,
        named,
        ({ labels }) => labels.includes(options.label),
        { deadlineMs, signal },
        (progress) =>
          output.line(distributionLine(named, { event: 'replicas', label: options.label, ...progress })),
      );
    output.result({ ...named, label: options.label, moved, everywhere: options.wait === true });
    return exitCode.ok;
  });
};
