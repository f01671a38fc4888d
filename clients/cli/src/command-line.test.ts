import { describe, expect, it } from '@jest/globals';
import { CommanderError } from 'commander';
import { commandLine } from './command-line.js';

type Options = Record<string, unknown>;

/** Parses a command line and returns the options that its command is given. */
async function parse(...argv: string[]): Promise<Options> {
  let given: Options = {};
  const program = commandLine(async (_, options: Options) => {
    given = options;
  });
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap(({ commands }) => commands),
  ])
    command.configureOutput({ writeOut: () => {}, writeErr: () => {} });
  await program.parseAsync(argv, { from: 'user' });
  return given;
}

describe('commandLine', () => {
  const names = [
    'demo',
    'data',
    'train',
    'tune',
    'evaluate',
    'report',
    'publish',
    'label',
    'models',
    'serve',
    'retrieve',
    'explain',
    'verify',
    'certificates',
    'doctor',
  ];

  it('has every command, and help that shows how each is called', () => {
    const program = commandLine(async () => {});
    expect(program.commands.map((command) => command.name())).toEqual(names);
    const leaves = program.commands.flatMap((command) =>
      command.commands.length > 0 ? command.commands : [command],
    );
    for (const command of leaves) {
      let help = '';
      command
        .configureOutput({
          writeOut: (text) => {
            help += text;
          },
        })
        .outputHelp();
      expect(help).toContain('Examples:\n  isthmus ');
      expect(help).toContain('Exit codes: 0 done');
      expect(help).toContain('--json');
    }
  });

  it('shows examples that it understands itself', async () => {
    await expect(
      parse('retrieve', '--event', 'food:1842', '--event', 'food:977:1355529600000'),
    ).resolves.toMatchObject({
      event: ['food:1842', 'food:977:1355529600000'],
      explain: false,
      k: 10,
    });
    await expect(parse('train', 'gemirec', '--seed', '7', '--spec', 'spec.json')).resolves.toMatchObject({
      program: 'gemirec',
      seed: 7,
    });
    await expect(
      parse('data', 'prepare', 'FOLDER', '--source', 'food', '--target', 'kitchen'),
    ).resolves.toMatchObject({
      paths: ['FOLDER'],
      split: 'mesh',
    });
  });

  it.each([
    ['an unknown option', ['demo', '--bogus']],
    ['an unknown command', ['dance']],
    ['a missing argument', ['verify']],
    ['a negative number', ['retrieve', '--k', '-3']],
    ['a number that is none', ['demo', '--seed', 'one']],
    ['a port beyond all ports', ['serve', '--retrieval-port', '70000']],
    ['a choice that is none', ['serve', '--admission', 'maybe']],
  ])('refuses %s', async (_, argv) => {
    await expect(parse(...argv)).rejects.toBeInstanceOf(CommanderError);
  });
});
