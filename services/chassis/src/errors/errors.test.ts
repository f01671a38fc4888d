import { readFileSync } from 'node:fs';
import { Metadata, status } from '@grpc/grpc-js';
import { ErrorInfo } from '@isthmus/proto/google/rpc/error_details.js';
import { Status } from '@isthmus/proto/google/rpc/status.js';
import { ErrorReason } from '@isthmus/proto/isthmus/model/v1/errors.js';
import { describe, expect, it } from '@jest/globals';
import { codeOfReason, type ErrorReasonName, isErrorReasonName } from './error-reason.js';
import { errorsPage } from './errors-page.js';
import { failure, IsthmusError } from './isthmus-error.js';
import { reasonNotes } from './reason-notes.js';
import { fromServiceError, statusDetailsKey, toServiceError } from './service-error.js';

const reasons = Object.keys(codeOfReason) as ErrorReasonName[];

describe('the table of reasons', () => {
  it('gives every reason the code that its comment in the contract names', () => {
    const contract = Object.fromEntries(reasonNotes().map(({ name, code }) => [name, code]));
    const table = Object.fromEntries(reasons.map((name) => [name, status[codeOfReason[name]]]));
    expect(table).toEqual(contract);
  });

  it('holds exactly the names of the generated enum', () => {
    const names = Object.keys(ErrorReason).filter((key) => key.startsWith('ERROR_REASON_'));
    expect(new Set(names.map((name) => name.slice('ERROR_REASON_'.length)))).toEqual(
      new Set(['UNSPECIFIED', ...reasons]),
    );
  });

  it('does not take members of objects for reasons', () => {
    expect(isErrorReasonName('toString')).toBe(false);
    expect(isErrorReasonName('MODEL_NOT_FOUND')).toBe(true);
  });

  it('is documented: docs/errors.md is as `npm run pages -w @isthmus/chassis` writes it', () => {
    const page = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
    expect(page).toBe(errorsPage());
  });
});

describe('an error that crosses the wire', () => {
  it.each(reasons)('keeps code, reason, message and metadata: %s', (reason) => {
    const sent = failure(reason, 'Do this next.', { metadata: { name: 'gemirec' } });
    const received = fromServiceError(toServiceError(sent));
    expect(received).toBeInstanceOf(IsthmusError);
    expect(received).toMatchObject({
      code: codeOfReason[reason],
      reason,
      message: 'Do this next.',
      metadata: { name: 'gemirec' },
    });
  });

  it('keeps the fields at fault and the time to wait', () => {
    const violations = [{ field: 'items[3].item_id', rule: 'string.min_len', description: 'must be given' }];
    expect(
      fromServiceError(toServiceError(failure('FIELD_INVALID', 'no', { violations }))).violations,
    ).toEqual(violations);
    const overloaded = toServiceError(failure('OVERLOADED', 'later', { retryAfterMs: 1250 }));
    expect(fromServiceError(overloaded).retryAfterMs).toBe(1250);
    expect(overloaded.metadata.get('grpc-retry-pushback-ms')).toEqual(['1250']);
  });

  it('never carries its cause', () => {
    const sent = toServiceError(
      failure('DEPENDENCY_UNAVAILABLE', 'Try again.', { cause: new Error('password=hunter2') }),
    );
    expect(JSON.stringify([sent.details, sent.metadata.toJSON()])).not.toContain('hunter2');
    expect(String(sent.metadata.get(statusDetailsKey)[0])).not.toContain('hunter2');
  });

  it('hides what nobody expected behind an incident id', () => {
    const sent = toServiceError(new TypeError('cannot read the secret of undefined'));
    const received = fromServiceError(sent);
    expect(received).toMatchObject({ code: status.INTERNAL, reason: 'INTERNAL' });
    expect(received.message).not.toContain('secret');
    expect(received.message).toContain(received.metadata.incident);
  });

  it('may have a message that is long or broken UTF-16', () => {
    const sent = toServiceError(failure('MANIFEST_INVALID', `${'x'.repeat(100_000)}\ud800`));
    expect(sent.details.length).toBeLessThan(3000);
    expect(() => encodeURI(toServiceError(failure('MANIFEST_INVALID', 'a\ud800b')).details)).not.toThrow();
  });
});

describe('an error from elsewhere', () => {
  const serviceError = (code: status, details: string, metadata = new Metadata()) =>
    Object.assign(new Error(details), { code, details, metadata });

  it.each([
    [status.UNAVAILABLE, 'DEPENDENCY_UNAVAILABLE'],
    [status.DEADLINE_EXCEEDED, 'DEADLINE_EXCEEDED'],
    [status.CANCELLED, 'CANCELLED'],
    [status.UNIMPLEMENTED, 'METHOD_NOT_FOUND'],
    [status.PERMISSION_DENIED, 'INTERNAL'],
  ] as const)('gets the reason nearest to its code: %s is %s', (code, reason) => {
    expect(fromServiceError(serviceError(code, 'x'))).toMatchObject({ code, reason });
  });

  it('is recognised where the client itself refuses a large answer', () => {
    const error = serviceError(status.RESOURCE_EXHAUSTED, 'Received message larger than max (5 vs. 4)');
    expect(fromServiceError(error).reason).toBe('MESSAGE_TOO_LARGE');
  });

  it('does not pass off the reasons of other domains as ours', () => {
    const info = ErrorInfo.fromPartial({ reason: 'MODEL_NOT_FOUND', domain: 'example.com' });
    const proto = Status.fromPartial({
      code: status.NOT_FOUND,
      message: 'x',
      details: [
        {
          typeUrl: 'type.googleapis.com/google.rpc.ErrorInfo',
          value: Buffer.from(ErrorInfo.encode(info).finish()),
        },
      ],
    });
    const metadata = new Metadata();
    metadata.set(statusDetailsKey, Buffer.from(Status.encode(proto).finish()));
    const received = fromServiceError(serviceError(status.NOT_FOUND, 'x', metadata));
    expect(received).toMatchObject({ code: status.NOT_FOUND, reason: 'INTERNAL' });
    expect(received.metadata).toMatchObject({ reason: 'MODEL_NOT_FOUND', domain: 'example.com' });
  });

  it('survives details that are garbage', () => {
    const metadata = new Metadata();
    metadata.set(statusDetailsKey, Buffer.from([0xff, 0xff, 0xff]));
    expect(fromServiceError(serviceError(status.NOT_FOUND, 'x', metadata))).toMatchObject({
      code: status.NOT_FOUND,
    });
  });
});
