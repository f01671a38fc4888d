/** Version of the verifying software, as attestations name it. */
export const attestationVersion = '0.1.0';
