import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { meshTlsFiles } from '@isthmus/chassis';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UsageError } from '../usage-error.js';
import { commandSecurity } from './protection.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-certificates-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('isthmus certificates', () => {
  it('writes a set that commands find by themselves, keys readable by their owner only, none of the authority', async () => {
    const argv = ['certificates', folder, '--host', 'mesh.example', '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, [main, ...argv]);
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      directory: folder,
      roles: { operator: ['spiffe://isthmus.local/operator'] },
    });
    const files = await readdir(folder);
    expect(files).toEqual(expect.arrayContaining(['ca.crt', 'ranker.crt', 'ranker.key', 'retrieval.crt']));
    expect(files).not.toContain('ca.key');
    expect((await stat(join(folder, 'ranker.key'))).mode & 0o777).toBe(0o600);
    expect(commandSecurity({}, folder, 'ranker')).toEqual(meshTlsFiles(folder, 'ranker'));
  });
});

describe('commandSecurity', () => {
  it('says what to do where there is no certificate', () => {
    expect(() => commandSecurity({}, join(folder, 'nowhere'), 'prover')).toThrow(UsageError);
    expect(() => commandSecurity({}, join(folder, 'nowhere'), 'prover')).toThrow(
      /--tls-certificate.*--insecure/,
    );
  });

  it('believes flags before anything else', () => {
    expect(commandSecurity({ insecure: true }, folder, 'ranker')).toBe('off');
    const flags = { tlsAuthority: 'a', tlsCertificate: 'c', tlsKey: 'k' };
    expect(commandSecurity(flags, folder, 'ranker')).toEqual({
      authorityFile: 'a',
      certificateFile: 'c',
      keyFile: 'k',
    });
  });
});
