export { gelu, l2Normalize } from './activations.js';
export { type AdagradArrays, type AdagradNumbers, adagradStep } from './adagrad-step.js';
export { type AdamArrays, type AdamNumbers, adamStep } from './adam-step.js';
export { type AttentionOptions, attention } from './attention.js';
export type { SpawnThread } from './backend/kernel-threads.js';
export { crossEntropy, logSumExp } from './cross-entropy.js';
export { gatherRows } from './gather-rows.js';
export { capturePlan, type InferencePlan, type PlanInput, type PlanValues } from './inference-plan.js';
export { layerNorm } from './layer-norm.js';
export { type Activation, linear, matMul } from './mat-mul.js';
export { nearestCodes } from './nearest-codes.js';
export { PlanShelf, type ShapedPass } from './plan-shelf.js';
export { type KernelOptions, type KernelProfile, prepareKernels } from './prepare-kernels.js';
export { releaseFloats, residentFloats } from './resident-floats.js';
export { type SampledCompetition, sampledLogSumExp } from './sampled-log-sum-exp.js';
export { scoped } from './scoped.js';
export { embeddingBag, type SparseMatrix, sparseMatMul } from './sparse-matrix.js';
export {
  abs,
  add,
  cast,
  clipByValue,
  concat,
  customGrad,
  dispose,
  div,
  equal,
  exp,
  expandDims,
  fill,
  greater,
  greaterEqual,
  keep,
  less,
  lessEqual,
  log,
  logicalAnd,
  logicalNot,
  max,
  maximum,
  mean,
  memory,
  minimum,
  mul,
  neg,
  ones,
  onesLike,
  pad,
  type Rank,
  reciprocal,
  relu,
  reshape,
  rsqrt,
  type Scalar,
  scalar,
  sigmoid,
  slice,
  softmax,
  softplus,
  split,
  sqrt,
  square,
  squaredDifference,
  squeeze,
  stack,
  step,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
  tanh,
  tensor,
  tensor1d,
  tensor2d,
  tensor3d,
  tidy,
  transpose,
  unstack,
  where,
  zeros,
  zerosLike,
} from './tensors.js';
export {
  type Differentiated,
  differentiate,
  type Objective,
  type ParameterArray,
  valueAndGradients,
} from './value-and-gradients.js';
