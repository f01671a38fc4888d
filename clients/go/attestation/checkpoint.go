package attestation

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	maxNoteBytes      = 65_536
	maxNoteSignatures = 64
	ed25519KeyType    = 1
)

var (
	verifierKey   = regexp.MustCompile(`^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$`)
	signatureLine = regexp.MustCompile(`^— ([^\s+]+) ([A-Za-z0-9+/=]+)$`)
	treeSize      = regexp.MustCompile(`^(0|[1-9][0-9]{0,19})$`)
	controlChar   = regexp.MustCompile(`[\x00-\x09\x0b-\x1f]`)
)

// noteKey is who a note may be signed by.
type noteKey struct {
	name string
	id   []byte
	key  ed25519.PublicKey
}

// checkpoint is the head of a log (C2SP tlog-checkpoint).
type checkpoint struct {
	origin string
	size   uint64
	root   []byte
}

// parseVerifierKey reads `<name>+<key id>+<base64 of 0x01 || public key>`.
func parseVerifierKey(text string) (noteKey, error) {
	found := verifierKey.FindStringSubmatch(text)
	if found == nil {
		return noteKey{}, refuse(KeyInvalid, "expected a verifier key: name+id+base64")
	}
	typed, err := fromBase64(found[3], KeyInvalid)
	if err != nil {
		return noteKey{}, err
	}
	if len(typed) != 1+ed25519.PublicKeySize || typed[0] != ed25519KeyType {
		return noteKey{}, refuse(KeyInvalid, "the verifier key is not of the type Ed25519 (1)")
	}
	digest := sha256.Sum256(append([]byte(found[1]+"\n"), typed...))
	if hex.EncodeToString(digest[:4]) != found[2] {
		return noteKey{}, refuse(KeyInvalid, "the id in the verifier key is not that of the key")
	}
	return noteKey{found[1], digest[:4], typed[1:]}, nil
}

func openCheckpoint(note string, log noteKey) (checkpoint, error) {
	text, err := openNote(note, log)
	if err != nil {
		return checkpoint{}, err
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 3 || slices.Contains(lines, "") {
		return checkpoint{}, badCheckpoint("expected origin, size and root, and no empty line")
	}
	size, err := strconv.ParseUint(lines[1], 10, 64)
	if err != nil || !treeSize.MatchString(lines[1]) {
		return checkpoint{}, badCheckpoint("the size is no u64")
	}
	root, err := fromBase64(lines[2], CheckpointMalformed)
	if err != nil || len(root) != sha256.Size {
		return checkpoint{}, badCheckpoint("the root is no hash")
	}
	if lines[0] != log.name {
		return checkpoint{}, refuse(CheckpointSignature, "the key of %q signed for %q", log.name, lines[0])
	}
	return checkpoint{lines[0], size, root}, nil
}

// openNote gives the text of a signed note (C2SP signed-note). Signatures by unknown keys are ignored; one by the log's
// key that fails refuses the note.
func openNote(note string, log noteKey) (string, error) {
	// The last empty line: the text itself may hold others.
	end := strings.LastIndex(note, "\n\n")
	if len(note) > maxNoteBytes || end < 0 {
		return "", badCheckpoint("too long, or no empty line before the signatures")
	}
	text, block := note[:end+1], note[end+2:]
	if controlChar.MatchString(text) {
		return "", badCheckpoint("the text holds control characters")
	}
	lines := strings.Split(block, "\n")
	if len(lines) < 2 || lines[len(lines)-1] != "" {
		return "", badCheckpoint("expected signature lines, each with its newline")
	}
	lines = lines[:len(lines)-1]
	if len(lines) > maxNoteSignatures {
		return "", badCheckpoint("too many signatures")
	}
	signed, holds := false, true
	for _, line := range lines {
		found := signatureLine.FindStringSubmatch(line)
		if found == nil {
			return "", badCheckpoint("a signature line is malformed")
		}
		data, err := fromBase64(found[2], CheckpointMalformed)
		if err != nil {
			return "", err
		}
		if len(data) < 5 {
			return "", badCheckpoint("a signature is too short")
		}
		if found[1] == log.name && bytes.Equal(data[:4], log.id) {
			signed = true
			holds = holds && ed25519.Verify(log.key, []byte(text), data[4:])
		}
	}
	if !signed {
		return "", refuse(CheckpointSignature, "the note is not signed by the key of the log")
	}
	if !holds {
		return "", refuse(CheckpointSignature, "the signature of %s does not hold", log.name)
	}
	return text, nil
}

func badCheckpoint(problem string) error {
	return refuse(CheckpointMalformed, "checkpoint: %s", problem)
}
