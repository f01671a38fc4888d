import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs the built command, as a shell would. */
function isthmus(...argv: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...argv], (error, output, errors) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output, errors });
    });
  });
}

const lastLine = ({ output }: Ended) => JSON.parse(output.trimEnd().split('\n').at(-1) ?? '');

describe('isthmus, as a process', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isthmus-cli-'));
    await writeFile(
      join(folder, 'good.csv'),
      'user_id,item_id,domain,timestamp\na,1,food,1\na,2,kitchen,2\n',
    );
    await writeFile(
      join(folder, 'bad.csv'),
      'user_id,item_id,domain,timestamp\na,1,food,soon\nb,2,kitchen,2\n',
    );
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('ends with 0 for help and for a check that finds nothing wrong', async () => {
    expect((await isthmus('--help')).code).toBe(0);
    const ended = await isthmus('data', 'inspect', join(folder, 'good.csv'), '--directory', folder, '--json');
    expect(ended.code).toBe(0);
    expect(lastLine(ended)).toMatchObject({ users: 1, items: 2, events: 2, badRows: 0 });
  });

  it('ends with 1 where the data has bad rows, and names them', async () => {
    const ended = await isthmus('data', 'inspect', join(folder, 'bad.csv'), '--directory', folder);
    expect(ended.code).toBe(1);
    expect(ended.output).toContain("bad.csv, row 2, column 'timestamp'");
  });

  it('ends with 1 where a service is not there, and says what to do', async () => {
    const ended = await isthmus(
      ...[
        'retrieve',
        '--event',
        'food:1',
        '--retrieval',
        '127.0.0.1:1',
        '--deadline-ms',
        '1500',
        '--insecure',
        '--json',
      ],
    );
    expect(ended.code).toBe(1);
    expect(ended.errors).toMatch(/isthmus serve|--deadline-ms/);
    expect(lastLine(ended).error.code).toMatch(/UNAVAILABLE|DEADLINE_EXCEEDED/);
  });

  it('ends with 1 where no admin port answers, and says so', async () => {
    const ended = await isthmus('models', '--to', '127.0.0.1:1', '--insecure', '--json');
    expect(ended.code).toBe(1);
    expect(lastLine(ended).error).toMatchObject({ reason: 'DEPENDENCY_UNAVAILABLE' });
  }, 180_000);

  it('ends with 2 where it is called wrongly, before anything is done', async () => {
    for (const argv of [
      ['demo', '--bogus'],
      ['train', 'ce-cdr', '--directory', folder],
      ['train', 'no-such-program', '--seed', '1', '--directory', folder],
      ['data', 'prepare', '--directory', folder],
      ['publish', '--directory', folder],
      ['publish', 'gemirec', '--to', 'localhost:1', '--insecure', '--directory', folder],
      ['label', 'gemirec', 'stable', '--to', 'localhost:1'],
      ['models', '--to', 'nowhere', '--insecure'],
    ]) {
      const { code, errors } = await isthmus(...argv);
      expect([argv.join(' '), code]).toEqual([argv.join(' '), 2]);
      expect(errors).not.toBe('');
    }
  }, 180_000);
});
