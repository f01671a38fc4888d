import { createHash } from 'node:crypto';
import type { CompletedPart, S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import {
  digestMismatch,
  objectNotFound,
  objectTooLarge,
  requireContent,
  requireDigest,
  sha256Hex,
} from './object-digest.js';
import type { ObjectStore } from './object-store.js';

/** Parts of a multipart upload: S3 wants at least 5 MiB for each but the last. */
const partBytes = 8 * 1024 * 1024;

/** Where the objects are. */
export interface S3Location {
  readonly bucket: string;
  /** Put before every key, without slashes at its ends; empty for none. */
  readonly prefix: string;
  /** Client settings; what is absent comes from the environment, as everywhere with the AWS SDK. */
  readonly client: S3ClientConfig;
}

/**
 * Objects in a bucket, `<prefix>/<first two digits>/<digest>`. Writes are conditional (`If-None-Match: *`), and a stream
 * is completed only after its digest was checked, so nothing is ever visible under a digest that it does not have.
 */
export class S3ObjectStore implements ObjectStore {
  readonly #location: S3Location;
  #connection: Promise<Connection> | undefined;

  constructor(location: S3Location) {
    this.#location = location;
  }

  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = sha256Hex(bytes);
    if (!(await this.has(sha256))) await this.#putWhole(sha256, bytes);
    return sha256;
  }

  async putStream(
    expectedSha256: string,
    chunks: AsyncIterable<Uint8Array>,
    limitBytes: number,
  ): Promise<number> {
    requireDigest(expectedSha256);
    const upload = new PartedUpload(await this.#connect(), this.#target(expectedSha256));
    const hash = createHash('sha256');
    try {
      for await (const chunk of chunks) {
        if (upload.sizeBytes + chunk.length > limitBytes) throw objectTooLarge(limitBytes);
        hash.update(chunk);
        await upload.append(chunk);
      }
      const actual = hash.digest('hex');
      if (actual !== expectedSha256) throw digestMismatch(expectedSha256, actual);
      const whole = upload.wholeIfSmall();
      if (whole) await this.#putWhole(expectedSha256, whole);
      else await upload.complete();
    } catch (error) {
      await upload.abort();
      throw error;
    }
    return upload.sizeBytes;
  }

  async get(sha256: string): Promise<Uint8Array> {
    const { client, sdk } = await this.#connect();
    try {
      const answer = await client.send(new sdk.GetObjectCommand(this.#target(sha256)));
      const bytes = await answer.Body?.transformToByteArray();
      return requireContent(sha256, bytes ?? new Uint8Array());
    } catch (error) {
      throw statusOf(error) === 404 ? objectNotFound(sha256, error) : error;
    }
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.#head(sha256)) !== undefined;
  }

  async size(sha256: string): Promise<number> {
    const sizeBytes = await this.#head(sha256);
    if (sizeBytes === undefined) throw objectNotFound(sha256);
    return sizeBytes;
  }

  async delete(sha256: string): Promise<void> {
    const { client, sdk } = await this.#connect();
    await client.send(new sdk.DeleteObjectCommand(this.#target(sha256)));
  }

  async #head(sha256: string): Promise<number | undefined> {
    const { client, sdk } = await this.#connect();
    try {
      const answer = await client.send(new sdk.HeadObjectCommand(this.#target(sha256)));
      return answer.ContentLength ?? 0;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  async #putWhole(sha256: string, bytes: Uint8Array): Promise<void> {
    const { client, sdk } = await this.#connect();
    await ignoringExisting(
      client.send(new sdk.PutObjectCommand({ ...this.#target(sha256), Body: bytes, IfNoneMatch: '*' })),
    );
  }

  #target(sha256: string): Target {
    const key = `${requireDigest(sha256).slice(0, 2)}/${sha256}`;
    const { bucket, prefix } = this.#location;
    return { Bucket: bucket, Key: prefix === '' ? key : `${prefix}/${key}` };
  }

  /** Loads the SDK on first use: it costs a program that keeps its objects in a folder nothing. */
  #connect(): Promise<Connection> {
    this.#connection ??= import('@aws-sdk/client-s3').then((sdk) => ({
      sdk,
      client: new sdk.S3Client(this.#location.client),
    }));
    return this.#connection;
  }
}

interface Connection {
  readonly sdk: typeof import('@aws-sdk/client-s3');
  readonly client: S3Client;
}

interface Target {
  readonly Bucket: string;
  readonly Key: string;
}

/** Collects chunks to parts. The upload is opened with the first full part, so a small object needs none. */
class PartedUpload {
  sizeBytes = 0;
  readonly #connection: Connection;
  readonly #target: Target;
  readonly #parts: CompletedPart[] = [];
  #uploadId: string | undefined;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;

  constructor(connection: Connection, target: Target) {
    this.#connection = connection;
    this.#target = target;
  }

  async append(chunk: Uint8Array): Promise<void> {
    this.sizeBytes += chunk.length;
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.length;
    if (this.#pendingBytes >= partBytes) await this.#flush();
  }

  wholeIfSmall(): Uint8Array | undefined {
    return this.#uploadId === undefined ? Buffer.concat(this.#pending) : undefined;
  }

  async complete(): Promise<void> {
    if (this.#pendingBytes > 0) await this.#flush();
    const { client, sdk } = this.#connection;
    const done = client.send(
      new sdk.CompleteMultipartUploadCommand({
        ...this.#target,
        UploadId: this.#uploadId,
        MultipartUpload: { Parts: this.#parts },
        IfNoneMatch: '*',
      }),
    );
    if (await ignoringExisting(done)) await this.abort();
  }

  /** Gives the parts back. Fails silently: the bucket's own rule for unfinished uploads is the second line. */
  async abort(): Promise<void> {
    if (this.#uploadId === undefined) return;
    const { client, sdk } = this.#connection;
    await client
      .send(new sdk.AbortMultipartUploadCommand({ ...this.#target, UploadId: this.#uploadId }))
      .catch(() => undefined);
  }

  async #flush(): Promise<void> {
    const { client, sdk } = this.#connection;
    this.#uploadId ??= (await client.send(new sdk.CreateMultipartUploadCommand(this.#target))).UploadId;
    const partNumber = this.#parts.length + 1;
    const answer = await client.send(
      new sdk.UploadPartCommand({
        ...this.#target,
        UploadId: this.#uploadId,
        PartNumber: partNumber,
        Body: Buffer.concat(this.#pending),
      }),
    );
    this.#parts.push({ ETag: answer.ETag, PartNumber: partNumber });
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}

/** Waits for a conditional write. Returns whether the object was there already (412). */
async function ignoringExisting(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return false;
  } catch (error) {
    if (statusOf(error) === 412) return true;
    throw error;
  }
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}
