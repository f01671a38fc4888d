import { describe, expect, it } from '@jest/globals';
import { failureText } from './failure-text.js';

describe('the text of a failure', () => {
  it('keeps words of any language', () => {
    expect(failureText('segment 3: tensor "Gewichte ₂ 😀" differs')).toBe(
      'segment 3: tensor "Gewichte ₂ 😀" differs',
    );
  });

  it('holds no control characters and no lone surrogates, whatever a prover named its tensors', () => {
    expect(failureText('a\u0000b\u001b[2Jc\u009bd\ud800e\n')).toBe('a�b�[2Jc�d�e�');
  });

  it('is short, and still text where the cut parts a character', () => {
    const text = failureText('x'.repeat(499) + '😀'.repeat(100_000));
    expect(text).toBe(`${'x'.repeat(499)}�…`);
  });
});
