import { describe, expect, it } from '@jest/globals';
import { toIsthmusError } from './to-isthmus-error.js';

describe('toIsthmusError', () => {
  it.each([
    ['a refused connection', { code: 'ECONNREFUSED' }, 'connect ECONNREFUSED', 'connection'],
    [
      'a database that shuts down',
      { code: '57P01', severity: 'FATAL' },
      'terminating connection',
      'database',
    ],
    [
      'a database without a free connection',
      { code: '53300', severity: 'FATAL' },
      'too many clients',
      'database',
    ],
    ['a connection that broke under a statement', {}, 'Connection terminated unexpectedly', 'database'],
  ])('calls %s an unavailable dependency', (_, fields, message, dependency) => {
    const error = Object.assign(new Error(message), fields);
    expect(toIsthmusError(error)).toMatchObject({
      reason: 'DEPENDENCY_UNAVAILABLE',
      metadata: { dependency },
    });
  });

  it('keeps a statement that is wrong a fault of ours', () => {
    const error = Object.assign(new Error('syntax error'), { code: '42601', severity: 'ERROR' });
    expect(toIsthmusError(error)).toMatchObject({ reason: 'INTERNAL' });
  });
});
