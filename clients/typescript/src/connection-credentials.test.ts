import { credentials } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { connectionCredentials } from './connection-credentials.js';
import { IsthmusClient } from './isthmus-client.js';

describe('connectionCredentials', () => {
  it('wants to be told how connections are protected, once', () => {
    expect(() => new IsthmusClient({ retrieval: '127.0.0.1:1' })).toThrow(/tls.*insecure: true/);
    expect(() => connectionCredentials({ insecure: true, tls: {} })).toThrow(/only one of/);
    expect(() => connectionCredentials({ insecure: false })).toThrow(/say how/);
  });

  it('wants certificate and key together, and says which file is not there', () => {
    expect(() => connectionCredentials({ tls: { cert: '-----BEGIN CERTIFICATE-----' } })).toThrow(
      /belong together/,
    );
    expect(() => connectionCredentials({ tls: { ca: 'nowhere/ca.crt' } })).toThrow(/nowhere\/ca\.crt/);
  });

  it('takes plain text only where it is asked for, and credentials as they are', () => {
    expect(connectionCredentials({ insecure: true })._isSecure()).toBe(false);
    expect(connectionCredentials({ tls: {} })._isSecure()).toBe(true);
    const own = credentials.createSsl();
    expect(connectionCredentials({ credentials: own })).toBe(own);
  });
});
