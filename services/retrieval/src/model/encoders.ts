import { attentionPooling } from './attention-pooling.js';
import { interestRouting } from './interest-routing.js';
import type { EncoderName, RetrievalShape } from './retrieval-shape.js';
import { selfAttentionEncoder } from './self-attention-encoder.js';
import { stateEncoder } from './state-encoder.js';
import type { UserEncoder } from './user-encoder.js';

const encoders: Readonly<Record<EncoderName, UserEncoder>> = {
  transformer: stateEncoder,
  mean: stateEncoder,
  sasrec: selfAttentionEncoder,
  'comirec-sa': attentionPooling,
  'comirec-dr': interestRouting,
  mind: interestRouting,
};

/** The encoder of a model. */
export function encoderOf({ encoder }: Pick<RetrievalShape, 'encoder'>): UserEncoder {
  return encoders[encoder];
}

/** Whether there is an encoder of this name. */
export function isEncoderName(name: unknown): name is EncoderName {
  return typeof name === 'string' && Object.hasOwn(encoders, name);
}

/** Whether a model's encoder gives the queries themselves: without a dictionary and without anything that joins them. */
export function givesQueries({ encoder }: Pick<RetrievalShape, 'encoder'>): boolean {
  return encoder !== 'transformer' && encoder !== 'mean';
}
