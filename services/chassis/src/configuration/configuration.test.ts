import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ConfigurationError } from './configuration-error.js';
import { configurationPage } from './configuration-page.js';
import { defineConfiguration } from './define-configuration.js';
import { loadConfiguration, readConfiguration } from './load-configuration.js';
import { option } from './option.js';
import { variableOf } from './read-environment.js';

const spec = defineConfiguration(
  {
    server: { greeting: option(z.string().default('hello'), { description: 'Said first.' }) },
    index: {
      flushRows: option(z.number().int().min(1).max(100).default(64), {
        description: 'Rows of a flush.',
        unit: 'rows',
      }),
      origins: option(z.array(z.string().min(1)).default([]), { description: 'Where from.' }),
      token: option(z.string().default(''), { description: 'A secret.', secret: true }),
    },
  },
  {
    defaults: { 'server.address': '127.0.0.1:7402' },
    conditions: [
      ({ index, server }) =>
        index.flushRows > 50 && server.greeting === 'terse'
          ? 'index.flushRows is too much for terse. Lower it.'
          : undefined,
    ],
  },
);

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'isthmus-configuration-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('a configuration', () => {
  it('is the defaults where nothing is given, the program’s own before the common ones', () => {
    const configuration = load([]);
    expect(configuration.server).toMatchObject({
      address: '127.0.0.1:7402',
      greeting: 'hello',
      maxMessageBytes: 4_194_304,
    });
    expect(configuration.index).toEqual({ flushRows: 64, origins: [], token: '' });
    expect(configuration.admin.address).toBe('127.0.0.1:0');
  });

  it('is taken from the file, then the environment, then the flags', () => {
    const file = write('index:\n  flushRows: 1\n  token: from-file\nserver:\n  greeting: from-file\n');
    const env = {
      ISTHMUS_SAMPLE_INDEX_FLUSH_ROWS: '2',
      ISTHMUS_SAMPLE_SERVER_GREETING: 'from-env',
      OTHER: 'x',
    };
    const configuration = load(['--config', file, '--index.flushRows', '3'], env);
    expect(configuration.index).toMatchObject({ flushRows: 3, token: 'from-file' });
    expect(configuration.server.greeting).toBe('from-env');
    expect(load([], { ISTHMUS_SAMPLE_CONFIG: file }).index.flushRows).toBe(1);
  });

  it('reads lists, numbers and switches from texts', () => {
    const flags = [
      '--index.origins=a, b',
      '--telemetry.sampling=0.25',
      '--server.requireDeadline=false',
      '--admission.requireOnline',
    ];
    const configuration = load(flags);
    expect(configuration.index.origins).toEqual(['a', 'b']);
    expect(configuration.telemetry.sampling).toBe(0.25);
    expect(configuration.server.requireDeadline).toBe(false);
    expect(configuration.admission.requireOnline).toBe(true);
  });

  it('names an option’s variable after its words', () => {
    expect(variableOf('retrieval', 'server.maxMessageBytes')).toBe(
      'ISTHMUS_RETRIEVAL_SERVER_MAX_MESSAGE_BYTES',
    );
    expect(variableOf('replay-worker', 'data.directory')).toBe('ISTHMUS_REPLAY_WORKER_DATA_DIRECTORY');
  });

  it('tells all problems of all sources at once, each with its place and what to do', () => {
    const file = write('index:\n  flushRow: 7\n  origins: 3\nserver: 5\n');
    const problems = problemsOf(
      [
        '--config',
        file,
        '--index.flushRows=many',
        '--log.level=loud',
        'stray',
        '--server.address=nowhere',
        '--index.token',
      ],
      { ISTHMUS_SAMPLE_SERVER_GREETNG: 'x' },
    );
    expect(problems).toEqual([
      expect.stringMatching(
        /^environment ISTHMUS_SAMPLE_SERVER_GREETNG: .* Did you mean ISTHMUS_SAMPLE_SERVER_GREETING\?$/,
      ),
      expect.stringMatching(/^The argument "stray" is not an option\./),
      expect.stringMatching(/^The flag --index\.token has no value\./),
      expect.stringMatching(
        /^file .*\.yaml:2: there is no option index\.flushRow\. Did you mean index\.flushRows\?$/,
      ),
      expect.stringMatching(/^file .*\.yaml:4: there is no option server\./),
      expect.stringMatching(/^flag --server\.address: .* must be HOST:PORT, for example 127\.0\.0\.1:7401/),
      expect.stringMatching(/^flag --log\.level: .* Give one of trace, debug, info/),
      expect.stringMatching(/^flag --index\.flushRows: .*"many".* Give a whole number, 1 to 100 \(rows\)\.$/),
      expect.stringMatching(/^file .*\.yaml:3: index\.origins cannot be 3: /),
    ]);
  });

  it('does not show a secret that is wrong', () => {
    const strict = defineConfiguration({
      key: { pin: option(z.string().max(3).default(''), { description: 'x', secret: true }) },
    });
    const read = () =>
      loadConfiguration(strict, { argv: ['--key.pin=hunter2'], env: {}, programName: 'sample' });
    expect(read).toThrow(/\[redacted\]/);
    expect(read).not.toThrow(/hunter2/);
  });

  it('says what is wrong with the file itself', () => {
    expect(problemsOf(['--config', join(directory, 'missing.yaml')])).toEqual([
      expect.stringContaining('no such file'),
    ]);
    expect(problemsOf(['--config', write('a: [1')])).toEqual([expect.stringContaining('at line 1')]);
    expect(problemsOf(['--config', write('- a')])).toEqual([expect.stringContaining('must be a map')]);
    expect(load(['--config', write('')]).index.flushRows).toBe(64);
  });

  it('refuses combinations that lose calls', () => {
    expect(problemsOf(['--server.shutdownGraceMs=90000'])).toEqual([
      expect.stringMatching(/^client\.keepaliveTimeMs \(60000\)/),
    ]);
    expect(problemsOf(['--server.greeting=terse'])).toEqual([
      'index.flushRows is too much for terse. Lower it.',
    ]);
  });

  it('requires what has no default', () => {
    const strict = defineConfiguration({ key: { name: option(z.string(), { description: 'Who.' }) } });
    expect(() => loadConfiguration(strict, { argv: [], env: {}, programName: 'sample' })).toThrow(
      /--key\.name=VALUE\. Who\./,
    );
  });

  it('prints in a form that it reads back, secrets redacted', () => {
    const argv = [
      '--print-config',
      '--index.token=hunter2',
      '--index.flushRows=9',
      '--database.url=postgres://a:b@c/d',
    ];
    const reading = readConfiguration(spec, { argv, env: {}, programName: 'sample' });
    const text = reading.kind === 'print' ? reading.text : '';
    expect(text).not.toMatch(/hunter2|a:b/);
    expect(load(['--config', write(text)]).index).toMatchObject({ flushRows: 9, token: '[redacted]' });
  });

  it('explains every option with its default and unit', () => {
    const reading = readConfiguration(spec, { argv: ['--help'], env: {}, programName: 'sample' });
    const text = reading.kind === 'print' ? reading.text : '';
    expect(text).toContain(
      '--index.flushRows\n      Rows of a flush.\n      whole number, 1 to 100 (rows); default 64',
    );
    expect(text).toContain('default "127.0.0.1:7402"');
    expect(text).toContain('A secret.\n      text; default ""; secret');
    expect(text).toContain('ISTHMUS_SAMPLE_SERVER_ADDRESS');
  });

  it('is documented: docs/configuration.md is as `npm run pages -w @isthmus/chassis` writes it', () => {
    const page = readFileSync(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8');
    expect(page).toBe(configurationPage());
  });
});

function load(argv: string[], env: Record<string, string> = {}) {
  return loadConfiguration(spec, { argv, env, programName: 'sample' });
}

function problemsOf(argv: string[], env: Record<string, string> = {}): readonly string[] {
  try {
    load(argv, env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).problems;
  }
  return [];
}

let files = 0;
function write(text: string): string {
  const file = join(directory, `${++files}.yaml`);
  writeFileSync(file, text);
  return file;
}
