export * from './binary';
export * from './mat-mul';
export * from './move';
export { useScratch } from './parameters';
export {
  allMiddle, anyMiddle, cumulativeSum, maxInner, maxMiddle, minMiddle, productMiddle, sumInner, sumIntegers, sumMiddle,
} from './reduce';
export { argMax, argMin, topK } from './select-top';

export { softmax, softmaxGradient } from './softmax';
export * from './transcendental';
export * from './unary';
