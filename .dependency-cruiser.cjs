/** The arrows of docs/architecture.md, as rules. A package may import what its row names, and nothing else of ours. */
const arrows = {
  proto: [],
  'services/proof': [],
  'services/kernels': [],
  'services/learning': ['services/proof'],
  'services/chassis': ['proto', 'services/proof'],
  'services/representation': ['services/learning', 'services/kernels', 'services/chassis', 'proto'],
  'services/retrieval': ['services/learning', 'services/kernels', 'services/chassis', 'proto'],
  'services/attestation': ['services/proof', 'services/chassis', 'proto'],
  'services/trainer': ['services/proof', 'services/learning', 'services/chassis', 'proto'],
  'clients/typescript': ['proto', 'services/proof'],
  'clients/cli': ['clients/typescript', 'services/trainer', 'services/chassis', 'proto', 'services/proof'],
};

const ours = '^(proto|services/[a-z]+|clients/[a-z]+)/';

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...Object.entries(arrows).map(([from, allowed]) => ({
      name: `arrows-of-${from.replace('/', '-')}`,
      severity: 'error',
      from: { path: `^${from}/` },
      to: { path: ours, pathNot: `^(${[from, ...allowed].join('|')})/` },
    })),
    {
      name: 'kernels-are-ours',
      comment: 'Nothing that runs imports another tensor backend; tests and benchmarks compare with them.',
      severity: 'error',
      from: { path: '^(services|clients)/', pathNot: '(\\.test\\.ts$|^services/kernels/src/conformance/)' },
      to: { path: '@tensorflow/tfjs-(backend-|node)' },
    },
    {
      name: 'domain-is-transport-free',
      comment:
        'The domain imports neither gRPC, nor OpenTelemetry, nor the file system, nor the transport layers above it.',
      severity: 'error',
      from: { path: '^services/[a-z]+/src/domain/', pathNot: '\\.test\\.ts$' },
      to: { path: '(@grpc/|@opentelemetry/|^(node:)?fs(/|$)|^services/[a-z]+/src/(server|store)/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.cjs', '.mjs'],
    },
  },
};
