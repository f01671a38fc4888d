import {
  type BaseConfiguration,
  type ConfigurationSpec,
  defineConfiguration,
  modelsOption,
  option,
  type ValuesOf,
} from '@isthmus/chassis';
import { z } from 'zod';

const ownOptions = {
  models: modelsOption,
  representation: {
    address: option(z.string().default(''), {
      description: 'Representation service to ask for cross-domain representations; empty to answer without.',
    }),
    modelName: option(z.string().min(1).default('ce-cdr'), {
      description:
        'Name under which representation models are served. The version is the one that the retrieval model was trained with.',
    }),
  },
  catalogue: {
    pollMs: option(z.number().int().min(10).max(60_000).default(500), {
      description: 'How often the catalogue log is read should a notification get lost.',
      unit: 'ms',
    }),
  },
};

/** Configuration of the retrieval program. */
export type RetrievalConfiguration = BaseConfiguration & ValuesOf<typeof ownOptions>;

/** Options of the retrieval program. */
export const retrievalConfiguration: ConfigurationSpec<RetrievalConfiguration> =
  defineConfiguration(ownOptions);
