import { builtinModules } from 'node:module';
import type { Metafile, Plugin } from 'esbuild';

/** Built-in modules that compute and neither read, write nor connect: a program may import them. */
const allowed = new Set(['buffer', 'crypto', 'path', 'util']);

/**
 * The little of `node:util` that TensorFlow.js asks for when it finds itself in Node. Bundled rather than imported,
 * because it asks with `require`, which an ECMAScript module does not have.
 */
const utilSource = `
const tag = (value) => Object.prototype.toString.call(value);
export const TextEncoder = globalThis.TextEncoder;
export const TextDecoder = globalThis.TextDecoder;
export const types = {
  isFloat32Array: (value) => tag(value) === '[object Float32Array]',
  isInt32Array: (value) => tag(value) === '[object Int32Array]',
  isUint8Array: (value) => tag(value) === '[object Uint8Array]',
  isUint8ClampedArray: (value) => tag(value) === '[object Uint8ClampedArray]',
};
`;

/** Packages that read files: forbidden as well, and not worth bundling before it is known that nothing uses them. */
const fileReaders = /^(hyparquet|csv-parse)(\/|$)/;

/** Where a forbidden module stands while it is not known whether anything that is kept uses it. */
const refusedNamespace = 'program-refused';

/**
 * Decides what becomes of the built-in modules that a program reaches, its packages included. What a package's
 * `browser` field switches off is an empty module; what only computes stays an import; anything else is refused by
 * {@link requireOnlyComputing} if it is left in the bundle, because a program has no files, no network and no processes.
 */
export const programBuiltins: Plugin = {
  name: 'program-builtins',
  setup(build) {
    const bare = new RegExp(
      `^(node:)?(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})$`,
    );
    build.onResolve({ filter: bare }, async (args) => {
      const name = args.path.replace(/^node:/, '');
      if (name === 'util' && args.kind === 'require-call') return { path: 'util', namespace: 'program-util' };
      if (allowed.has(name) && args.kind === 'import-statement')
        return { path: `node:${name}`, external: true };
      if (args.importer.includes('node_modules')) return { path: name, namespace: 'program-absent' };
      return { path: `node:${name}`, namespace: refusedNamespace, sideEffects: false };
    });
    build.onResolve({ filter: fileReaders }, ({ path }) => ({
      path,
      namespace: refusedNamespace,
      sideEffects: false,
    }));
    build.onLoad({ filter: /.*/, namespace: 'program-util' }, () => ({ contents: utilSource, loader: 'js' }));
    build.onLoad({ filter: /.*/, namespace: 'program-absent' }, () => ({
      contents: 'module.exports = {};',
      loader: 'js',
    }));
    build.onLoad({ filter: /.*/, namespace: refusedNamespace }, () => ({
      contents: 'module.exports = {};',
      loader: 'js',
    }));
    build.onResolve({ filter: /^node-fetch$/ }, () => ({ path: 'node-fetch', namespace: 'program-absent' }));
  },
};

/**
 * A library may hold code that reads files, as long as nothing of it ends up in a program. Throws an Error that names a
 * forbidden module which is left in the bundle, and who imports it.
 */
export function requireOnlyComputing({ inputs, outputs }: Metafile): void {
  const kept = new Set(Object.values(outputs).flatMap((output) => Object.keys(output.inputs)));
  for (const input of kept) {
    if (!input.startsWith(`${refusedNamespace}:`)) continue;
    const importers = [...kept].filter((name) => inputs[name]?.imports.some(({ path }) => path === input));
    throw new Error(
      `a training program cannot import '${input.slice(refusedNamespace.length + 1)}': it has no files, no network, no processes (${importers.join(', ')})`,
    );
  }
}
