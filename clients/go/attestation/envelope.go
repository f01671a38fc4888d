package attestation

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

const (
	bundleMediaType = "application/vnd.dev.sigstore.bundle.v0.3+json"
	maxBundleBytes  = 262_144
	maxSignatures   = 16
	maxWordUnits    = 1024
)

// envelope is a DSSE envelope (secure-systems-lab/dsse, protocol version 1). Key ids are unauthenticated: they decide nothing.
type envelope struct {
	payloadType string
	payload     []byte
	signatures  []signature
}

type signature struct {
	keyID string
	bytes []byte
}

// parseBundle reads a Sigstore bundle v0.3 that was received; other media types, certificates and unknown members are refused.
func parseBundle(data []byte) (envelope, error) {
	value, err := strictJSON(data, maxBundleBytes, 8)
	if err != nil {
		return envelope{}, malformedBundle(err)
	}
	bundle := readFields(value, BundleMalformed, "bundle").only("mediaType", "verificationMaterial", "dsseEnvelope")
	bundle.word("mediaType", bundleMediaType)
	// Entries of other logs and timestamps may be there; they are not what this package verifies.
	material := bundle.object("verificationMaterial").only("publicKey", "tlogEntries", "timestampVerificationData")
	shortText(material.object("publicKey").only("hint"), "hint", 0)
	if err := bundle.failed(); err != nil {
		return envelope{}, err
	}
	parsed, err := parseEnvelope(bundle.members["dsseEnvelope"])
	if err != nil {
		return envelope{}, malformedBundle(err)
	}
	return parsed, nil
}

func malformedBundle(err error) error { return refuse(BundleMalformed, "bundle: %v", err) }

func parseEnvelope(value any) (envelope, error) {
	read := readFields(value, EnvelopeMalformed, "envelope")
	payload, err := dsseBase64(read.text("payload", nil))
	if err != nil {
		return envelope{}, err
	}
	parsed := envelope{payloadType: shortText(read, "payloadType", 1), payload: payload}
	for _, one := range read.objects("signatures") {
		keyID := ""
		if one.has("keyid") {
			keyID = shortText(one, "keyid", 0)
		}
		bytes, err := dsseBase64(one.text("sig", nil))
		if err != nil {
			return envelope{}, err
		}
		parsed.signatures = append(parsed.signatures, signature{keyID, bytes})
	}
	if len(parsed.signatures) < 1 || len(parsed.signatures) > maxSignatures {
		read.fail("signatures", fmt.Sprintf("expected 1 to %d", maxSignatures))
	}
	return parsed, read.failed()
}

func shortText(read fields, name string, minimum int) string {
	value := read.text(name, nil)
	if units := len(utf16.Encode([]rune(value))); units < minimum || units > maxWordUnits {
		read.fail(name, "is too long or empty")
	}
	return value
}

// dsseBase64 takes either alphabet, as DSSE says.
func dsseBase64(text string) ([]byte, error) {
	return fromBase64(strings.NewReplacer("-", "+", "_", "/").Replace(text), EnvelopeMalformed)
}

// verifiedBy gives the ids of the trusted keys that signed, at least one.
func verifiedBy(sealed envelope, trustedKeys []string) ([]string, error) {
	// Pre-authentication encoding: sizes in bytes as decimals.
	message := fmt.Appendf(nil, "DSSEv1 %d %s %d ", len(sealed.payloadType), sealed.payloadType, len(sealed.payload))
	digest := sha256.Sum256(append(message, sealed.payload...))
	var known, signedBy []string
	for _, source := range trustedKeys {
		key, keyID, err := parsePublicKey(source)
		if err != nil {
			return nil, err
		}
		if slices.Contains(known, keyID) {
			continue
		}
		known = append(known, keyID)
		// Every key is tried on every signature: which key a signature names is the sender's word.
		if slices.ContainsFunc(sealed.signatures, func(one signature) bool {
			return ecdsa.VerifyASN1(key, digest[:], one.bytes)
		}) {
			signedBy = append(signedBy, keyID)
		}
	}
	if len(signedBy) > 0 {
		return signedBy, nil
	}
	for _, one := range sealed.signatures {
		if one.keyID == "" || slices.Contains(known, one.keyID) {
			return nil, refuse(SignatureInvalid, "no signature of the envelope holds for a trusted key")
		}
	}
	return nil, refuse(KeyUnknown, "the envelope is signed by keys that are not trusted here")
}

// parsePublicKey reads PEM text, or the bytes of DER, of a key on P-256.
func parsePublicKey(source string) (*ecdsa.PublicKey, string, error) {
	der := []byte(source)
	if block, _ := pem.Decode(der); block != nil {
		der = block.Bytes
	}
	parsed, err := x509.ParsePKIXPublicKey(der)
	key, isECDSA := parsed.(*ecdsa.PublicKey)
	if err == nil && (!isECDSA || key.Curve != elliptic.P256()) {
		err = errors.New("another kind of key")
	}
	if err != nil {
		return nil, "", refuse(KeyInvalid, "the key cannot be read: expected PEM or DER of a P-256 key: %v", err)
	}
	canonical, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return nil, "", refuse(KeyInvalid, "%v", err)
	}
	digest := sha256.Sum256(canonical)
	return key, hex.EncodeToString(digest[:]), nil
}
