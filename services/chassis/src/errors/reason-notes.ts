import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { descriptorSetPath } from '@isthmus/proto';
import type { ErrorReasonName } from './error-reason.js';

/** What the contract says of a reason. */
export interface ReasonNote {
  readonly name: ErrorReasonName;
  /** Number of the enum value. */
  readonly number: number;
  /** Name of the canonical code, for example `INVALID_ARGUMENT`. */
  readonly code: string;
  readonly cause: string;
  readonly remedy: string;
}

/** A value of the enum with its comment, which may take several lines. */
const valueForm = /((?:^ *\/\/ .*\n)+) *ERROR_REASON_([A-Z_]+) = (\d+);/gm;
/** A comment of the enum: `CODE. Cause. Remedy: remedy.` */
const commentForm = /^([A-Z_]+)\. (.+) Remedy: (.+)$/;

/**
 * The reasons in the order of the contract, out of the comments of errors.proto. For the documentation and its test: a
 * program that serves reads the compiled contracts, which have no comments.
 */
export function reasonNotes(): ReasonNote[] {
  const source = readFileSync(join(dirname(descriptorSetPath), '../isthmus/model/v1/errors.proto'), 'utf8');
  return [...source.matchAll(valueForm)].flatMap(([, lines = '', name = '', number]) => {
    if (name === 'UNSPECIFIED') return []; // never sent
    const comment = lines
      .replaceAll(/^ *\/\/ /gm, '')
      .trim()
      .replaceAll('\n', ' ');
    const [, code, cause, remedy] = commentForm.exec(comment) ?? [];
    if (!code || !cause || !remedy)
      throw new Error(`The comment of ${name} is not "CODE. Cause. Remedy: …".`);
    return [{ name: name as ErrorReasonName, number: Number(number), code, cause, remedy }];
  });
}
