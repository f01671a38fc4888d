import { stringify } from 'yaml';
import type { ConfigurationSpec } from './define-configuration.js';
import { isOption, type OptionTree } from './option.js';

/** The configuration as YAML that can be given back with `--config`, with secrets redacted where they are set. */
export function printConfiguration<T>(spec: ConfigurationSpec<T>, configuration: T): string {
  return stringify(redact(spec.options, configuration as Readonly<Record<string, unknown>>));
}

function redact(tree: OptionTree, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).map(([name, node]) => {
      const value = values[name];
      if (!isOption(node)) return [name, redact(node, value as Readonly<Record<string, unknown>>)];
      const isSet = value !== '' && value !== undefined && !(Array.isArray(value) && value.length === 0);
      return [name, node.secret && isSet ? '[redacted]' : value];
    }),
  );
}
