import type { ErrorReasonName } from '@isthmus/chassis';

/** Reasons that no bad input gives, with the test that shows each: the path from the root of the repository. */
export const reasonsShownElsewhere: Readonly<Partial<Record<ErrorReasonName, string>>> = {
  IDENTITY_REQUIRED: 'services/chassis/src/security/security.test.ts',
  ROLE_REQUIRED: 'test/e2e/security.test.ts',
  DRAINING: 'test/e2e/health.test.ts',
  MODEL_UNATTESTED: 'test/e2e/admission.test.ts',
  MODEL_ALTERED: 'test/e2e/admission.test.ts',
  MODEL_NOT_ADMITTED: 'test/e2e/admission.test.ts',
  MODEL_INCOMPATIBLE: 'test/e2e/admission.test.ts',
  INTERNAL: 'services/chassis/src/server/server.test.ts',
  DEADLINE_EXCEEDED: 'services/chassis/src/server/server.test.ts',
  CANCELLED: 'services/chassis/src/server/server.test.ts',
  DEPENDENCY_UNAVAILABLE: 'services/chassis/src/client/client.test.ts',
};

/** Reasons that nothing gives yet, and why. */
export const reasonsNotYetGiven: Readonly<Partial<Record<ErrorReasonName, string>>> = {
  OVERLOADED: 'limits of load come with the work on overload; clients already wait for its RetryInfo',
};
