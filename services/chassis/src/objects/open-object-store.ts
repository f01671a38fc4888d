import { fileURLToPath } from 'node:url';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { FolderObjectStore } from './folder-object-store.js';
import type { ObjectStore } from './object-store.js';
import { type S3Location, S3ObjectStore } from './s3-object-store.js';

/**
 * Opens the store that a URL names:
 *
 * - `file:///var/lib/isthmus/objects`: a folder;
 * - `s3://bucket/prefix?endpoint=https://s3.example&region=eu-west-1&pathStyle=true`: a bucket. Credentials come from
 *   the environment as the AWS SDK reads it, or from the URL (`s3://id:secret@bucket`). An endpoint of one's own implies
 *   path style.
 *
 * Throws an Error that says what to correct where the URL is neither.
 */
export function openObjectStore(url: string): ObjectStore {
  const parsed = parseUrl(url);
  if (parsed.protocol === 'file:') return new FolderObjectStore(fileURLToPath(parsed));
  if (parsed.protocol === 's3:') return new S3ObjectStore(s3Location(parsed));
  throw new Error(`Objects are kept under file:///… or s3://…, not under ${parsed.protocol}//`);
}

function parseUrl(url: string): URL {
  try {
    return new URL(url);
  } catch (cause) {
    throw new Error(
      'The URL of the object store cannot be read; write file:///folder or s3://bucket/prefix',
      {
        cause,
      },
    );
  }
}

function s3Location(url: URL): S3Location {
  const endpoint = url.searchParams.get('endpoint');
  const region = url.searchParams.get('region') ?? process.env.AWS_REGION ?? 'us-east-1';
  const pathStyle = url.searchParams.get('pathStyle') ?? (endpoint === null ? 'false' : 'true');
  const client: S3ClientConfig = {
    region,
    forcePathStyle: pathStyle === 'true',
    // Checksums of the SDK's own would only repeat what the digest already says, and not every S3 server knows them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint === null ? {} : { endpoint }),
    ...(url.username === ''
      ? {}
      : {
          credentials: {
            accessKeyId: decodeURIComponent(url.username),
            secretAccessKey: decodeURIComponent(url.password),
          },
        }),
  };
  return { bucket: url.hostname, prefix: url.pathname.replace(/^\/+|\/+$/g, ''), client };
}
