export { attention, attentionGradient } from './attention';
export * from './binary';
export { logSumExp, logSumExpGradient } from './cross-entropy';
export * from './gradients';
export { layerNorm, layerNormGradient } from './layer-norm';
export { matMul } from './mat-mul';
export * from './move';
export { nearestCode } from './nearest-code';
export { adagrad, adam } from './optimiser';
export { useScratch } from './parameters';
export {
  allMiddle,
  anyMiddle,
  cumulativeSum,
  maxInner,
  maxMiddle,
  minMiddle,
  productMiddle,
  sumInner,
  sumIntegers,
  sumMiddle,
} from './reduce';
export { argMax, argMin, topK } from './select-top';
export { softmax, softmaxGradient } from './softmax';
export { sparseTimesDense } from './sparse';
export * from './transcendental';
export * from './unary';
