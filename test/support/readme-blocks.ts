import { readFileSync } from 'node:fs';

/** A fenced block of the README that is code. */
export interface ReadmeBlock {
  /** Name in the comment `<!-- test: NAME -->` before the fence; undefined where there is none. */
  readonly name: string | undefined;
  readonly language: 'sh' | 'ts';
  readonly code: string;
}

const blockForm = /(?:<!-- test: ([a-z-]+) -->\n)?^```(sh|ts)\n([\s\S]*?)^```$/gm;

/** The blocks of shell commands and TypeScript in the README, in their order. */
export function readmeBlocks(): ReadmeBlock[] {
  const text = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  return [...text.matchAll(blockForm)].map(([, name, language, code = '']) => ({
    name,
    language: language as ReadmeBlock['language'],
    code,
  }));
}
