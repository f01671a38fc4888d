// Package attestation checks offline that a model was trained as its attestation says: signature, statement, files and
// place in the transparency log, then the caller's policy. Nobody is asked.
package attestation

import (
	"crypto/sha256"
	"encoding/hex"
)

// Evidence is an attestation as it was received.
type Evidence struct {
	// Bundle is a Sigstore bundle v0.3, JSON.
	Bundle []byte
	// LogProof is a proof of inclusion (c2sp.org/tlog-proof); empty where there is none.
	LogProof string
	// Files are the model's files as the caller has them ([ModelFiles]): all of them, and no others, must be what was
	// attested. Nil where they are not at hand.
	Files []ModelFile
	// ModelDigest is the digest of their list, where the files have been checked against it already, for example by the
	// service that answered with it. Empty for none.
	ModelDigest string
}

// LogInclusion says where an attestation is in the log.
type LogInclusion struct {
	Origin string
	Index  uint64
	// TreeSize is that of the tree that the checkpoint is of.
	TreeSize uint64
	Entry    LogEntry
}

// Verified is an attestation that holds and that the policy accepts.
type Verified struct {
	// AttestationID is the SHA-256 of the DSSE payload, hexadecimal.
	AttestationID string
	Statement     Statement
	// ModelDigest is the digest of the attested file list, hexadecimal.
	ModelDigest string
	// Assurance is the level that counts: L4_FULL_QUORUM is L3_FULL unless two trusted keys signed.
	Assurance AssuranceLevel
	Mode      ProofMode
	// SignedBy are the ids of the trusted keys that signed.
	SignedBy []string
	// Log is nil where no proof was given or no key of the log is known.
	Log *LogInclusion
}

// Verify checks a bundle: signature by a pinned key, statement, files, inclusion in the log, then policy. It does not ask
// whether the attestation was revoked later: that needs the log itself. A refusal is an [*Error].
func Verify(evidence Evidence, trust Trust) (*Verified, error) {
	sealed, err := parseBundle(evidence.Bundle)
	if err != nil {
		return nil, err
	}
	signedBy, err := verifiedBy(sealed, trust.AttestationKeys)
	if err != nil {
		return nil, err
	}
	if sealed.payloadType != payloadType {
		return nil, refuse(PredicateTypeOther, "the envelope holds %q", sealed.payloadType)
	}
	statement, err := parseStatement(sealed.payload, trust.predicateTypes())
	if err != nil {
		return nil, err
	}
	digest, err := checkDigest(statement, evidence)
	if err != nil {
		return nil, err
	}
	id := sha256.Sum256(sealed.payload)
	verified := &Verified{
		AttestationID: hex.EncodeToString(id[:]),
		Statement:     statement,
		ModelDigest:   digest,
		Assurance:     statement.Level,
		Mode:          statement.Mode,
		SignedBy:      signedBy,
	}
	if statement.Level == L4FullQuorum && len(signedBy) < 2 {
		verified.Assurance = L3Full
	}
	if verified.Log, err = checkLog(evidence.LogProof, trust.LogVerifierKey, verified); err != nil {
		return nil, err
	}
	if err := trust.accepts(verified, evidence.LogProof != ""); err != nil {
		return nil, err
	}
	return verified, nil
}

func checkDigest(statement Statement, evidence Evidence) (string, error) {
	attested, has := statement.Subjects[ModelSubject]
	if !has {
		return "", refuse(StatementMalformed, "no subject is named %s", ModelSubject)
	}
	for _, file := range evidence.Files {
		if digest, has := statement.Subjects[file.Name]; !has || digest != file.SHA256 {
			return "", refuse(SubjectMismatch, "%q is no file that was attested", file.Name)
		}
	}
	// The list as a whole, so that a missing file is noticed as well.
	if evidence.Files != nil {
		digest, err := ModelDigest(evidence.Files)
		if err != nil {
			return "", err
		}
		if digest != attested {
			return "", refuse(SubjectMismatch, "the files are not all of those that were attested")
		}
	}
	if evidence.ModelDigest != "" && evidence.ModelDigest != attested {
		return "", refuse(SubjectMismatch, "the attestation is about the model %s, not %s", attested, evidence.ModelDigest)
	}
	return attested, nil
}

func checkLog(proof, key string, verified *Verified) (*LogInclusion, error) {
	if proof == "" || key == "" {
		return nil, nil
	}
	log, err := parseVerifierKey(key)
	if err != nil {
		return nil, err
	}
	proven, err := verifyLogProof(proof, log)
	if err != nil {
		return nil, err
	}
	entry, err := decodeLogEntry(proven.entry)
	if err != nil {
		return nil, refuse(LogProofInvalid, "the proven entry of the log: %v", err)
	}
	if entry.Type != "ATTEST" || entry.PayloadSHA256 != verified.AttestationID || entry.RunID != verified.Statement.RunID {
		return nil, refuse(LogProofInvalid, "the proven entry of the log is not that of this attestation")
	}
	return &LogInclusion{proven.origin, proven.index, proven.treeSize, entry}, nil
}
