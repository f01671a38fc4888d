import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Folder that the commands work in unless another is named. */
export const defaultDirectory = '.isthmus';

/** Where things are in the folder of a mesh. */
export interface MeshLayout {
  readonly directory: string;
  /** Content-addressed objects: what all programs share. */
  readonly objectsUrl: string;
  /** Prepared data, as `isthmus data prepare` describes it. */
  readonly dataFile: string;
  /** Secret that user names are hashed with. */
  readonly saltFile: string;
  /** The prover's private key. */
  readonly proverKeyFile: string;
  /** Whom to trust, written by the attestation service. */
  readonly trustFile: string;
  /** List of the published models. */
  readonly modelsFile: string;
  /** A folder for each published model: its files, and beside them what verifies them. */
  readonly modelsDirectory: string;
  /** Throw-away certificates of the mesh's programs and of those who call them. */
  readonly certificatesDirectory: string;
  /** Checkpoints of trainings. */
  readonly runsDirectory: string;
}

/** The layout below `directory`. */
export function meshLayout(directory: string): MeshLayout {
  const root = resolve(directory);
  return {
    directory: root,
    objectsUrl: pathToFileURL(join(root, 'objects')).href,
    dataFile: join(root, 'data.json'),
    saltFile: join(root, 'user-salt'),
    proverKeyFile: join(root, 'prover-key.pem'),
    trustFile: join(root, 'trust.json'),
    modelsFile: join(root, 'models.json'),
    modelsDirectory: join(root, 'models'),
    certificatesDirectory: join(root, 'certificates'),
    runsDirectory: join(root, 'runs'),
  };
}
