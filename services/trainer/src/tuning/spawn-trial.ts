import type { JsonObject } from '@isthmus/proof';
import { spawnTraining } from '../training/spawn-training.js';
import { readTrials, type Trial } from '../training/trials-log.js';

/** What every trial of a search has in common. */
export interface TrialSetting {
  readonly programFile: string;
  readonly programDigest: string;
  readonly dataFile: string;
  /** SHA-256 of the description of the interactions. */
  readonly data: string;
  readonly objectsUrl: string;
  readonly seed: number;
  /** JSON Lines file that trials are appended to. */
  readonly logPath: string;
}

/** Trains a configuration in a process of its own, which appends it to the log, unless the log has it already. */
export async function spawnTrial(setting: TrialSetting, configuration: JsonObject): Promise<Trial> {
  const { programFile, programDigest, dataFile, data, objectsUrl, seed, logPath } = setting;
  const text = JSON.stringify(configuration);
  const find = async () =>
    (await readTrials(logPath)).find(
      (trial) =>
        trial.programDigest === programDigest &&
        trial.data === data &&
        trial.seed === seed &&
        JSON.stringify(trial.configuration) === text,
    );
  const known = await find();
  if (known !== undefined) return known;
  const training = spawnTraining({
    program: programFile,
    dataFile,
    objectsUrl,
    spec: configuration,
    seed,
    trialsPath: logPath,
  });
  const result = await training.result;
  return (
    (await find()) ?? {
      program: result.program.name,
      programDigest,
      data,
      configuration,
      seed,
      validation: result.figures,
      cpuSeconds: result.cpuSeconds,
      modelDigest: result.modelDigest,
    }
  );
}
