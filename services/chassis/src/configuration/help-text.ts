import type { ConfigurationSpec } from './define-configuration.js';
import { leavesOf } from './option.js';
import { describeType, optionType } from './option-type.js';
import { fileVariableOf, variableOf } from './read-environment.js';

/** The answer to `--help`: how options are given, and every one of them with type, unit, default and description. */
export function helpText<T>(spec: ConfigurationSpec<T>, programName: string): string {
  const lines = [
    `Usage: ${programName} [--config FILE] [--print-config] [--help] [--OPTION=VALUE]...`,
    '',
    'Options come from their defaults, the YAML file, the environment and the flags; the later one wins.',
    `The variable of an option is named after it: --server.address is ${variableOf(programName, 'server.address')}.`,
    `The file may also be named by ${fileVariableOf(programName)}.`,
  ];
  let group = '';
  for (const [path, option] of leavesOf(spec.options)) {
    const [first = ''] = path.split('.');
    if (first !== group) lines.push('', `${first}:`);
    group = first;
    const type = optionType(option.schema);
    const fallback = spec.defaults[path] ?? type.defaultValue;
    const facts = [
      describeType(type) + (option.unit ? ` (${option.unit})` : ''),
      fallback === undefined ? 'required' : `default ${JSON.stringify(fallback)}`,
      ...(option.secret ? ['secret'] : []),
    ];
    lines.push(`  --${path}`, `      ${option.description}`, `      ${facts.join('; ')}`);
  }
  return `${lines.join('\n')}\n`;
}
