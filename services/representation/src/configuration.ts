import {
  type BaseConfiguration,
  type ConfigurationSpec,
  defineConfiguration,
  modelsOption,
  type ValuesOf,
} from '@isthmus/chassis';

const ownOptions = { models: modelsOption };

/** Configuration of the representation program: what every program has. */
export type RepresentationConfiguration = BaseConfiguration & ValuesOf<typeof ownOptions>;

/** Options of the representation program. */
export const representationConfiguration: ConfigurationSpec<RepresentationConfiguration> =
  defineConfiguration(ownOptions);
