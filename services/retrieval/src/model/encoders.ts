import type { EncoderName, RetrievalShape } from './retrieval-shape.js';
import { stateEncoder } from './state-encoder.js';
import type { UserEncoder } from './user-encoder.js';

const encoders: Readonly<Record<EncoderName, UserEncoder>> = {
  transformer: stateEncoder,
  mean: stateEncoder,
};

/** The encoder of a model. */
export function encoderOf({ encoder }: Pick<RetrievalShape, 'encoder'>): UserEncoder {
  return encoders[encoder];
}

/** Whether there is an encoder of this name. */
export function isEncoderName(name: unknown): name is EncoderName {
  return typeof name === 'string' && Object.hasOwn(encoders, name);
}
