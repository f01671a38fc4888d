import { attestationCases } from './attestation-cases.js';
import { catalogueCases } from './catalogue-cases.js';
import { logCases } from './log-cases.js';
import type { MethodCases } from './method-cases.js';
import { modelCases } from './model-cases.js';
import { proofCases } from './proof-cases.js';
import { representationCases } from './representation-cases.js';
import { retrievalCases } from './retrieval-cases.js';

/** Every method of the contracts with its calls: asked over the raw wire here, and by the clients of four languages. */
export const methodTable: readonly MethodCases[] = [
  ...retrievalCases,
  ...catalogueCases,
  ...representationCases,
  ...modelCases,
  ...proofCases,
  ...attestationCases,
  ...logCases,
];
