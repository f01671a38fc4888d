import { type Finding, fine, wanting } from './finding.js';

/** Oldest release that the packages are tested with. */
const OLDEST = [20, 19] as const;

/** Whether Node.js is new enough. */
export async function checkNode(version: string = process.versions.node): Promise<Finding> {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNewEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return isNewEnough
    ? fine('Node.js', version)
    : wanting('Node.js', version, `install Node.js ${OLDEST.join('.')} or newer`);
}
