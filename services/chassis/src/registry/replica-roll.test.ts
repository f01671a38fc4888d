import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Database } from '../database/database.js';
import { openDatabase } from '../database/open-database.js';
import { ReplicaRoll, type ReplicaVersion } from './replica-roll.js';

let folder: string;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-roll-'));
  database = await openDatabase({ url: '', directory: join(folder, 'database') }, pino({ level: 'silent' }));
});
afterAll(async () => {
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

const version: ReplicaVersion = {
  name: 'm',
  version: '1',
  state: ModelState.MODEL_STATE_READY,
  labels: ['stable'],
  failure: '',
  failureReason: '',
};

async function joined(kind: string): Promise<ReplicaRoll> {
  const roll = new ReplicaRoll(database, kind);
  await roll.open();
  await roll.write([version]);
  return roll;
}

/** Makes a replica silent for some time. */
async function silence({ id }: ReplicaRoll, interval: string): Promise<void> {
  await database.pool.query('UPDATE model_replicas SET seen_at = now() - $2::interval WHERE id = $1', [
    id,
    interval,
  ]);
}

const idsOn = async (roll: ReplicaRoll) => (await roll.read()).map(({ id }) => id);

describe('ReplicaRoll', () => {
  it('tells what each replica of the kind wrote last', async () => {
    const first = await joined('told');
    const second = await joined('told');
    await joined('another kind');
    await second.write([{ ...version, labels: [] }]);
    const replicas = await first.read();
    expect(replicas.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
    expect(replicas.find(({ id }) => id === first.id)).toMatchObject({ versions: [version] });
    expect(replicas.find(({ id }) => id === second.id)?.versions[0]?.labels).toEqual([]);
    expect(Math.abs((replicas[0]?.seenAtMs ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('leaves out who was silent for 20 s, until it is heard of again', async () => {
    const asked = await joined('silent');
    const other = await joined('silent');
    await silence(other, '21 seconds');
    expect(await idsOn(asked)).toEqual([asked.id]);
    await other.write([version]);
    expect(await idsOn(asked)).toHaveLength(2);
  });

  it('forgets who left, and who was silent for an hour', async () => {
    const asked = await joined('gone');
    const [left, lost] = [await joined('gone'), await joined('gone')];
    await left.leave();
    expect((await idsOn(asked)).sort()).toEqual([asked.id, lost.id].sort());
    await silence(lost, '61 minutes');
    await asked.write([version]);
    const rows = await database.pool.query('SELECT id FROM model_replicas WHERE kind = $1', ['gone']);
    expect(rows.rows).toEqual([{ id: asked.id }]);
  });
});
