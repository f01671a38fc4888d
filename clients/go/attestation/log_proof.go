package attestation

import (
	"crypto/sha256"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

const maxProofCharacters = 131_072

var (
	extraLine = regexp.MustCompile(`^extra ([A-Za-z0-9+/=]+)$`)
	indexLine = regexp.MustCompile(`^index (0|[1-9][0-9]{0,19})$`)
)

// provenEntry is an entry that is in the log.
type provenEntry struct {
	origin          string
	index, treeSize uint64
	entry           []byte
}

// verifyLogProof checks a proof (C2SP tlog-proof): checkpoint signed by the log's key, leaf hashed from the entry,
// inclusion at the index.
func verifyLogProof(text string, log noteKey) (provenEntry, error) {
	entry, index, hashes, note, err := parseLogProof(text)
	if err != nil {
		return provenEntry{}, err
	}
	head, err := openCheckpoint(note, log)
	if err != nil {
		return provenEntry{}, err
	}
	leaf := sha256.Sum256(append([]byte{0}, entry...))
	if err := checkInclusion(leaf[:], index, head.size, hashes, head.root); err != nil {
		return provenEntry{}, err
	}
	return provenEntry{head.origin, index, head.size, entry}, nil
}

func parseLogProof(text string) (entry []byte, index uint64, hashes [][]byte, note string, err error) {
	malformed := func(problem string) ([]byte, uint64, [][]byte, string, error) {
		return nil, 0, nil, "", refuse(LogProofMalformed, "log proof: %s", problem)
	}
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxProofCharacters {
		return malformed("too long, or not UTF-8")
	}
	head, note, found := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !found {
		return malformed("no empty line before the checkpoint")
	}
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return malformed(`expected "c2sp.org/tlog-proof@v1", then "extra" and "index"`)
	}
	extra, at := extraLine.FindStringSubmatch(lines[1]), indexLine.FindStringSubmatch(lines[2])
	if extra == nil || at == nil {
		return malformed(`expected the line "extra" with the entry and the line "index"`)
	}
	if index, err = strconv.ParseUint(at[1], 10, 64); err != nil {
		return malformed("the index is no u64")
	}
	// 64 levels are the most that a tree with u64 indices has.
	if len(lines) > 67 {
		return malformed("the proof is too long")
	}
	for _, line := range lines[3:] {
		hash, err := fromBase64(line, LogProofMalformed)
		if err != nil || len(hash) != sha256.Size {
			return malformed("every hash has 32 bytes")
		}
		hashes = append(hashes, hash)
	}
	entry, err = fromBase64(extra[1], LogProofMalformed)
	return entry, index, hashes, note, err
}

// checkInclusion is RFC 9162 section 2.1.3.2 over the hashes of RFC 6962: length, index and size must fit exactly.
func checkInclusion(leaf []byte, index, size uint64, proof [][]byte, root []byte) error {
	failed := func(problem string) error { return refuse(LogProofInvalid, "Merkle proof: %s", problem) }
	for _, hash := range append([][]byte{leaf, root}, proof...) {
		if len(hash) != sha256.Size {
			return failed("every hash has 32 bytes")
		}
	}
	if index >= size {
		return failed("there is no such leaf")
	}
	at, last, current := index, size-1, leaf
	for _, sibling := range proof {
		if last == 0 {
			return failed("the proof is too long")
		}
		if at&1 == 1 || at == last {
			current = hashNode(sibling, current)
			for at&1 == 0 && at != 0 {
				at, last = at>>1, last>>1
			}
		} else {
			current = hashNode(current, sibling)
		}
		at, last = at>>1, last>>1
	}
	if last != 0 {
		return failed("the proof is too short")
	}
	if string(current) != string(root) {
		return failed("the proof leads to another root")
	}
	return nil
}

func hashNode(left, right []byte) []byte {
	hash := sha256.New()
	hash.Write([]byte{1})
	hash.Write(left)
	hash.Write(right)
	return hash.Sum(nil)
}
