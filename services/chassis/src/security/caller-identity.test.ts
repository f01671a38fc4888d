import { describe, expect, it } from '@jest/globals';
import { anonymous, type CallerCertificate, callerIdentity } from './caller-identity.js';
import { identityMatcher, patternProblem } from './identity-pattern.js';

describe('callerIdentity', () => {
  const cases: [string, CallerCertificate, string | undefined][] = [
    [
      'its SPIFFE id before all else',
      { subject: { CN: 'x' }, subjectaltname: 'DNS:a.example, URI:spiffe://d/ranker, IP Address:127.0.0.1' },
      'spiffe://d/ranker',
    ],
    [
      'its first DNS name, in small letters',
      { subjectaltname: 'DNS:A.example, DNS:b.example' },
      'dns:a.example',
    ],
    ['its DNS name where the URI is another', { subjectaltname: 'URI:https://x/y, DNS:a' }, 'dns:a'],
    ['its common name', { subject: { CN: 'ranker' } }, 'cn:ranker'],
    [
      'nobody where there are two URIs',
      { subject: { CN: 'x' }, subjectaltname: 'URI:spiffe://d/a, URI:spiffe://d/b' },
      undefined,
    ],
    ['nobody where there are two common names', { subject: { CN: ['a', 'b'] } }, undefined],
    ['nobody where there is nothing', { subject: {} }, undefined],
    [
      'no one but itself where a name hides another in quotes',
      { subjectaltname: 'DNS:"a, URI:spiffe://d/operator"' },
      'dns:"a, uri:spiffe://d/operator"',
    ],
    [
      'a common name that looks like a SPIFFE id as a common name',
      { subject: { CN: 'spiffe://d/operator' } },
      'cn:spiffe://d/operator',
    ],
  ];
  it.each(cases)('names %s', (_, certificate, identity) => {
    expect(callerIdentity(certificate)).toBe(identity);
  });
});

describe('identityMatcher', () => {
  it.each([
    ['spiffe://d/ranker', 'spiffe://d/ranker', true],
    ['spiffe://d/ranker', 'spiffe://d/ranker2', false],
    ['spiffe://d/rank*', 'spiffe://d/ranker-7', true],
    ['spiffe://d/*', 'spiffe://d/ns/ranker', false],
    ['spiffe://d/ns/*/sa/ranker', 'spiffe://d/ns/prod/sa/ranker', true],
    ['dns:a.example', 'dns:aXexample', false],
    ['dns:*.example', 'dns:a.example', true],
    ['cn:*', 'spiffe://d/x', false],
    ['*', 'cn:anyone', true],
    ['*', anonymous, false],
    ['anonymous', anonymous, true],
  ])('takes %s for %s: %s', (pattern, identity, isMeant) => {
    expect(identityMatcher(pattern)(identity)).toBe(isMeant);
  });

  it.each(['ranker', '', 'DNS:a', 'spiffe:/a', 'spiffe://a b'])('says that "%s" is no pattern', (pattern) => {
    expect(patternProblem(pattern)).toContain('is no identity');
  });
});
