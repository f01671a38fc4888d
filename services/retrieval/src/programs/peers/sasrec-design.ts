import { peerDesign } from './peer-design.js';
import { sasrecFields } from './peer-settings.js';

/** SASRec (Kang and McAuley 2018): one vector a user, from causal self-attention over the history. */
export const sasrecDesign = peerDesign({
  name: 'sasrec',
  version: '1.0.0',
  fields: sasrecFields,
  shape: ({ layers, heads }) => ({ encoder: 'sasrec', layers, heads }),
});
