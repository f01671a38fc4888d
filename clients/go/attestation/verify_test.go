package attestation

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const proofFolder = "../../../services/proof"

type goldenAttestation struct {
	Bundle, AttestationID, PublicKeyPem, VerifierKey, Proof, FileList string
}

// golden merges the files of services/proof that describe one attested run.
func golden(t *testing.T) (Evidence, Trust, goldenAttestation) {
	t.Helper()
	var stored goldenAttestation
	for _, name := range []string{"attestation", "log", "run"} {
		readJSON(t, "golden/v1/"+name+".json", &stored)
	}
	var list struct {
		Files []struct {
			Name, SHA256 string
			Size         int64
		}
	}
	if err := json.Unmarshal([]byte(stored.FileList), &list); err != nil {
		t.Fatal(err)
	}
	evidence := Evidence{Bundle: []byte(stored.Bundle), LogProof: stored.Proof}
	for _, one := range list.Files {
		evidence.Files = append(evidence.Files, ModelFile{one.Name, one.SHA256, one.Size})
	}
	trust := Trust{AttestationKeys: []string{stored.PublicKeyPem}, LogVerifierKey: stored.VerifierKey}
	return evidence, trust, stored
}

func readJSON(t *testing.T, path string, value any) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(proofFolder, path))
	if err == nil {
		err = json.Unmarshal(content, value)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, class FailureClass, evidence Evidence, trust Trust) {
	t.Helper()
	verified, err := Verify(evidence, trust)
	var refusal *Error
	if !errors.As(err, &refusal) || refusal.Class != class || verified != nil {
		t.Errorf("expected %s, got %v", class, err)
	}
}

// resigned gives evidence of another statement, and the trust in the key that signed it.
func resigned(t *testing.T, kind string, change func(statement map[string]any)) (Evidence, Trust) {
	t.Helper()
	evidence, trust, _ := golden(t)
	var bundle map[string]any
	if err := json.Unmarshal(evidence.Bundle, &bundle); err != nil {
		t.Fatal(err)
	}
	sealed := bundle["dsseEnvelope"].(map[string]any)
	payload, _ := base64.StdEncoding.DecodeString(sealed["payload"].(string))
	var statement map[string]any
	if err := json.Unmarshal(payload, &statement); err != nil {
		t.Fatal(err)
	}
	change(statement)
	payload = []byte(canonicalJSON(statement))
	key := newKey(t, elliptic.P256())
	digest := sha256.Sum256(fmt.Appendf(nil, "DSSEv1 %d %s %d %s", len(kind), kind, len(payload), payload))
	signed, err := ecdsa.SignASN1(rand.Reader, key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	sealed["payloadType"], sealed["payload"] = kind, base64.StdEncoding.EncodeToString(payload)
	sealed["signatures"] = []any{map[string]any{"keyid": "", "sig": base64.StdEncoding.EncodeToString(signed)}}
	evidence.Bundle, evidence.Files = []byte(canonicalJSON(bundle)), nil
	trust.AttestationKeys = []string{derOf(t, key)}
	return evidence, trust
}

func newKey(t *testing.T, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func derOf(t *testing.T, key *ecdsa.PrivateKey) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return string(der)
}

func TestAcceptsTheGoldenAttestation(t *testing.T) {
	evidence, trust, stored := golden(t)
	verified, err := Verify(evidence, trust)
	if err != nil {
		t.Fatal(err)
	}
	digest, _ := ModelDigest(evidence.Files)
	if verified.AttestationID != stored.AttestationID || verified.ModelDigest != digest {
		t.Errorf("id %s, digest %s", verified.AttestationID, verified.ModelDigest)
	}
	if verified.Assurance != L3Full || verified.Mode != Online || verified.Log.Entry.Type != "ATTEST" {
		t.Errorf("%+v", verified)
	}
}

func TestRefusesFilesThatAreNotTheAttestedOnes(t *testing.T) {
	evidence, trust, _ := golden(t)
	files := evidence.Files
	altered := func(change func(first *ModelFile)) []ModelFile {
		changed := append([]ModelFile{}, files...)
		change(&changed[0])
		return changed
	}
	for name, other := range map[string][]ModelFile{
		"hash":    altered(func(first *ModelFile) { first.SHA256 = strings.Repeat("0", 64) }),
		"size":    altered(func(first *ModelFile) { first.SizeBytes++ }),
		"missing": files[1:],
		"more":    append(append([]ModelFile{}, files...), ModelFile{"more", files[0].SHA256, 1}),
	} {
		t.Run(name, func(t *testing.T) {
			evidence.Files = other
			refused(t, SubjectMismatch, evidence, trust)
		})
	}
	evidence.Files, evidence.ModelDigest = nil, strings.Repeat("0", 64)
	refused(t, SubjectMismatch, evidence, trust)
}

func TestRefusesKeysThatAreNotTrusted(t *testing.T) {
	evidence, trust, _ := golden(t)
	other := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: []byte(derOf(t, newKey(t, elliptic.P256())))})
	for key, class := range map[string]FailureClass{
		string(other): KeyUnknown, "no key": KeyInvalid, derOf(t, newKey(t, elliptic.P384())): KeyInvalid,
	} {
		trust.AttestationKeys = []string{key}
		refused(t, class, evidence, trust)
	}
}

func TestRefusesEveryTruncationAndEveryAlteredByteOfWhatCounts(t *testing.T) {
	evidence, trust, _ := golden(t)
	bundle := evidence.Bundle
	ignored := func(at int) bool {
		for _, name := range []string{`"hint":"`, `"keyid":"`} {
			start := bytes.Index(bundle, []byte(name))
			value := start + len(name)
			end := value + bytes.IndexByte(bundle[value:], '"')
			// Nor does the member's name count: a key id is optional.
			if at > start && at < end {
				return true
			}
		}
		return false
	}
	for at := 0; at < len(bundle); at += 7 {
		evidence.Bundle = bundle[:at]
		if _, err := Verify(evidence, trust); err == nil {
			t.Errorf("accepted %d bytes", at)
		}
		if ignored(at) {
			continue
		}
		evidence.Bundle = bytes.Clone(bundle)
		evidence.Bundle[at] ^= 1
		if _, err := Verify(evidence, trust); err == nil {
			t.Errorf("accepted a change at %d", at)
		}
	}
}

func TestRefusesOtherStatementsOfATrustedKey(t *testing.T) {
	part := func(statement map[string]any, name string) map[string]any {
		return statement["predicate"].(map[string]any)[name].(map[string]any)
	}
	for name, one := range map[string]struct {
		class  FailureClass
		change func(map[string]any)
	}{
		"type":    {PredicateTypeOther, func(s map[string]any) { s["predicateType"] = "https://slsa.dev/provenance/v1" }},
		"subject": {StatementMalformed, func(s map[string]any) { s["subject"] = []any{} }},
		"nonce":   {StatementMalformed, func(s map[string]any) { part(s, "run")["nonceSha256"] = nil }},
		"time":    {StatementMalformed, func(s map[string]any) { delete(part(s, "run"), "startedAt") }},
		"partial": {StatementMalformed, func(s map[string]any) { part(s, "verification")["replayedAll"] = false }},
		"compare": {StatementMalformed, func(s map[string]any) { part(s, "verification")["compare"] = "TOLERANCE" }},
		"kind":    {StatementMalformed, func(s map[string]any) { part(s, "verification")["replayedSegments"] = true }},
		"other":   {LogProofInvalid, func(s map[string]any) { part(s, "run")["verifiedAt"] = "2027-01-01T00:00:00Z" }},
	} {
		t.Run(name, func(t *testing.T) {
			evidence, trust := resigned(t, payloadType, one.change)
			refused(t, one.class, evidence, trust)
		})
	}
}

func TestRefusesWhatThePolicyDoesNotAccept(t *testing.T) {
	evidence, trust := resigned(t, "application/json", func(map[string]any) {})
	refused(t, PredicateTypeOther, evidence, trust)
	evidence, trust, _ = golden(t)
	strict, unknownLog, unlogged := trust, trust, evidence
	strict.MinimumAssurance, unknownLog.LogVerifierKey, unlogged.LogProof = L4FullQuorum, "", ""
	refused(t, PolicyLevel, evidence, strict)
	refused(t, PolicyLogProof, evidence, unknownLog)
	refused(t, PolicyLogProof, unlogged, trust)
	evidence, trust = resigned(t, payloadType, func(s map[string]any) {
		run := s["predicate"].(map[string]any)["run"].(map[string]any)
		run["mode"], run["nonceSha256"] = "POSTHOC", nil
	})
	trust.LogVerifierKey, trust.AllowUnlogged = "", true
	refused(t, PolicyMode, evidence, trust)
	trust.AllowPostHoc = true
	if verified, err := Verify(evidence, trust); err != nil || verified.Mode != PostHoc {
		t.Error(verified, err)
	}
}

func TestCountsAQuorumOnlyWhereTwoKeysSigned(t *testing.T) {
	evidence, trust := resigned(t, payloadType, func(s map[string]any) {
		s["predicate"].(map[string]any)["verification"].(map[string]any)["level"] = "L4_FULL_QUORUM"
	})
	trust.AllowUnlogged, trust.LogVerifierKey = true, ""
	// The same key twice is one key.
	trust.AttestationKeys = append(trust.AttestationKeys, trust.AttestationKeys[0])
	verified, err := Verify(evidence, trust)
	if err != nil || verified.Assurance != L3Full {
		t.Error(verified, err)
	}
}
