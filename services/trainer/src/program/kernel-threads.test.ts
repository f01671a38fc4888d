import { describe, expect, it } from '@jest/globals';
import { kernelThreads } from './kernel-threads.js';

describe('kernelThreads', () => {
  it('takes the number that the environment gives', () => {
    expect(kernelThreads({ ISTHMUS_KERNEL_THREADS: '3' }).threads).toBe(3);
  });

  it('takes a thread for each processor otherwise, up to eight', () => {
    const { threads } = kernelThreads({});
    expect(threads).toBeGreaterThanOrEqual(1);
    expect(threads).toBeLessThanOrEqual(8);
  });

  it.each(['0', '17', '1.5', 'many'])('refuses %s', (text) => {
    expect(() => kernelThreads({ ISTHMUS_KERNEL_THREADS: text })).toThrow('ISTHMUS_KERNEL_THREADS');
  });
});
