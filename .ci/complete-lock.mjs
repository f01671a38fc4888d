/**
 * Adds to package-lock.json what a registry mirror left out: the optional packages of other platforms.
 *
 * `npm install` drops an optional package whose metadata it cannot fetch, and `npm ci` then refuses the lock file as
 * incomplete. An entry with version, operating system and processor is all that `npm ci` needs to skip the package here
 * and to fetch it where it belongs. Run after every change of a dependency: `npm run lock`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = [
  'arm64',
  'x64',
  'ia32',
  'arm',
  'ppc64',
  's390x',
  'riscv64',
  'mips64el',
  'loong64',
  'mipsel',
  'wasm32',
];
/** How package names spell a system or a processor that npm spells otherwise. */
const spellings = {
  windows: 'win32',
  armhf: 'arm',
  armv7: 'arm',
  armv7l: 'arm',
  ppc64le: 'ppc64',
  musl: '',
  gnu: '',
};

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
let added = 0;
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (`node_modules/${name}` in lock.packages || !/^\d/.test(version)) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...platformOf(name),
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${added} packages of other platforms added`);

function platformOf(name) {
  const words = name.split(/[/-]/).map((word) => spellings[word] ?? word);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter(
    (processor) => words.includes(processor) || (words.includes('arm') && processor === 'arm'),
  );
  return { ...(cpu.length > 0 ? { cpu } : { cpu: ['wasm32'] }), ...(os.length > 0 ? { os } : {}) };
}
