package attestation

import (
	"encoding/json"
	"fmt"
	"os"
)

// Trust is whom a relying party trusts and what it asks for. The zero values ask for the most that one service can give:
// [L3Full], [Online], and a place in the log.
type Trust struct {
	// AttestationKeys are keys of attestation services, P-256: PEM text, or the bytes of a DER SubjectPublicKeyInfo.
	AttestationKeys []string
	// LogVerifierKey is the key of the transparency log (C2SP vkey); without it no log proof can be checked.
	LogVerifierKey string
	// MinimumAssurance is the weakest level that is accepted; [L3Full] where empty.
	MinimumAssurance AssuranceLevel
	// AllowPostHoc accepts runs whose prover chose the seed.
	AllowPostHoc bool
	// AllowUnlogged accepts attestations that are not shown to be in the log.
	AllowUnlogged bool
	// AcceptedPredicateTypes is [PredicateType] where empty.
	AcceptedPredicateTypes []string
}

// ReadTrust reads the keys from a trust.json, as the attestation service writes it.
func ReadTrust(path string) (Trust, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return Trust{}, err
	}
	var stated struct {
		AttestationKeys []string `json:"attestationKeys"`
		LogVerifierKey  string   `json:"logVerifierKey"`
	}
	if err := json.Unmarshal(content, &stated); err != nil {
		return Trust{}, fmt.Errorf("%s: %w", path, err)
	}
	return Trust{AttestationKeys: stated.AttestationKeys, LogVerifierKey: stated.LogVerifierKey}, nil
}

func (trust Trust) predicateTypes() []string {
	if len(trust.AcceptedPredicateTypes) == 0 {
		return []string{PredicateType}
	}
	return trust.AcceptedPredicateTypes
}

func (trust Trust) accepts(verified *Verified, hasProof bool) error {
	minimum := trust.MinimumAssurance
	if minimum == "" {
		minimum = L3Full
	}
	switch {
	case !minimum.known():
		return refuse(PolicyLevel, "%q is no level", minimum)
	case !verified.Assurance.Reaches(minimum):
		return refuse(PolicyLevel, "verified to %s, asked is %s", verified.Assurance, minimum)
	case !trust.AllowPostHoc && verified.Mode != Online:
		return refuse(PolicyMode, "the prover chose the seed of this run (POSTHOC), asked is ONLINE")
	case !trust.AllowUnlogged && verified.Log == nil && hasProof:
		return refuse(PolicyLogProof, "the attestation must be in the log, and no key of the log is known")
	case !trust.AllowUnlogged && verified.Log == nil:
		return refuse(PolicyLogProof, "the attestation must be in the log, and no log proof was given")
	}
	return nil
}
