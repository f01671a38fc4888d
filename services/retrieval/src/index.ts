export { type MergedHit, type MergeSettings, mergeInterests } from './domain/merge-interests.js';
export type { EncodedUser, InterestRequest, UserInput } from './model/encoded-user.js';
export { openRetrievalModel, type RetrievalModel } from './model/open-retrieval-model.js';
