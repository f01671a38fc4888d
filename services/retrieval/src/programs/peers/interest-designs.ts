import { peerDesign } from './peer-design.js';
import { interestPeerFields, remiFields, routingFields } from './peer-settings.js';
import { remiLoss } from './remi-loss.js';

/** ComiRec-SA (Cen et al. 2020): several vectors a user, by attention pooling. */
export const comirecSaDesign = peerDesign({
  name: 'comirec-sa',
  version: '1.0.0',
  fields: interestPeerFields,
  shape: ({ interests }) => ({ encoder: 'comirec-sa', vectors: interests }),
});

/** ComiRec-DR (Cen et al. 2020): several vectors a user, by dynamic routing with a map for each position and interest. */
export const comirecDrDesign = peerDesign({
  name: 'comirec-dr',
  version: '1.0.0',
  fields: routingFields,
  shape: ({ interests, routingAxis }) => ({ encoder: 'comirec-dr', vectors: interests, routingAxis }),
  cuts: ({ cuts }) => cuts,
});

/** MIND (Li et al. 2019): several vectors a user, by dynamic routing with one map. */
export const mindDesign = peerDesign({
  name: 'mind',
  version: '1.0.0',
  fields: routingFields,
  shape: ({ interests, routingAxis }) => ({ encoder: 'mind', vectors: interests, routingAxis }),
  cuts: ({ cuts }) => cuts,
});

/** REMI (Xie et al. 2023): the vectors of ComiRec-SA, with interest-aware hard negatives and the routing regulariser. */
export const remiDesign = peerDesign({
  name: 'remi',
  version: '1.0.0',
  fields: remiFields,
  shape: ({ interests }) => ({ encoder: 'comirec-sa', vectors: interests }),
  loss: (step, pass, settings) => remiLoss(step, pass, settings),
});
