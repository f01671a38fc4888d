import { describe, expect, it } from '@jest/globals';
import { type ProgressStream, progressDisplay } from './progress-display.js';

function recorder(isTTY: boolean): ProgressStream & { readonly written: string[] } {
  const written: string[] = [];
  return { isTTY, columns: 80, written, write: (text) => written.push(text) };
}

describe('progressDisplay', () => {
  it('redraws a bar on a terminal', () => {
    const stream = recorder(true);
    let time = 0;
    const display = progressDisplay(stream, () => time);
    display.update({ label: 'train', completed: 1, total: 4, figures: { loss: 2.34567 } });
    display.update({ label: 'train', completed: 2, total: 4 });
    time = 150;
    display.update({ label: 'train', completed: 4, total: 4 });
    display.end();
    expect(stream.written).toEqual([
      '\r\x1b[Ktrain [######..................] 1/4  loss 2.346',
      '\r\x1b[Ktrain [########################] 4/4',
      '\r\x1b[K',
    ]);
  });

  it('writes plain lines every few seconds elsewhere, and the last update at the end', () => {
    const stream = recorder(false);
    let time = 0;
    const display = progressDisplay(stream, () => time);
    for (; time <= 9_000; time += 1_000) display.update({ label: 'train', completed: time, total: 0 });
    display.end();
    display.end();
    expect(stream.written).toEqual(['train: 0\n', 'train: 5000\n', 'train: 9000\n']);
  });
});
