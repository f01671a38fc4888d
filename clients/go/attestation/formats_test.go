package attestation

import (
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestRefusesAlteredLogProofs(t *testing.T) {
	evidence, trust, stored := golden(t)
	head, note, _ := strings.Cut(stored.Proof, "\n\n")
	size := strings.Split(note, "\n")[1]
	number, _ := strconv.Atoi(size)
	lines := strings.Split(head, "\n")
	for name, one := range map[string]struct {
		class FailureClass
		proof string
	}{
		"version":    {LogProofMalformed, strings.Replace(stored.Proof, "@v1", "@v2", 1)},
		"checkpoint": {LogProofMalformed, head},
		"size":       {CheckpointSignature, strings.Replace(stored.Proof, "\n"+size+"\n", "\n"+strconv.Itoa(number+1)+"\n", 1)},
		"signature":  {CheckpointMalformed, head + "\n\n" + strings.TrimSuffix(note, "\n")},
		"index":      {LogProofInvalid, strings.Replace(stored.Proof, lines[2], "index "+size, 1)},
		"hash":       {LogProofMalformed, strings.Replace(stored.Proof, lines[2], lines[2]+"\nAAAA", 1)},
	} {
		t.Run(name, func(t *testing.T) {
			evidence.LogProof = one.proof
			refused(t, one.class, evidence, trust)
		})
	}
	evidence.LogProof = stored.Proof
	trust.LogVerifierKey = "no key"
	refused(t, KeyInvalid, evidence, trust)
}

func TestInclusionProofsHoldAndFailAsTheVectorsSay(t *testing.T) {
	var vectors struct {
		Inclusion []struct {
			LeafIdx, TreeSize uint64
			LeafHash, Root    []byte
			Proof             [][]byte
			WantErr           bool
		}
	}
	readJSON(t, "vectors/rfc6962-proofs.vectors.json", &vectors)
	if len(vectors.Inclusion) <= 50 {
		t.Fatalf("%d vectors", len(vectors.Inclusion))
	}
	for index, one := range vectors.Inclusion {
		err := checkInclusion(one.LeafHash, one.LeafIdx, one.TreeSize, one.Proof, one.Root)
		if (err != nil) != one.WantErr {
			t.Errorf("vector %d: %v", index, err)
		}
	}
}

func TestRefusesJSONThatTwoReadersReadDifferently(t *testing.T) {
	for _, text := range []string{
		`{"a":1,"a":2}`, "\"\xff\"", `"\ud800"`, `"\udc00\ud800"`, `"\ud800x"`, `1e999`, `9007199254740993`, `NaN`, `01`, ``,
		`1 2`, "\xef\xbb\xbf1", strings.Repeat("[", 65) + strings.Repeat("]", 65), strings.Repeat("[", 100_000),
	} {
		if value, err := strictJSON([]byte(text), 1<<20, maxDepth); err == nil {
			t.Errorf("%.20q was read as %v", text, value)
		}
	}
	value, err := strictJSON([]byte(`["\ud83d\ude00\\ud800",9007199254740992]`), 1<<20, maxDepth)
	if err != nil || canonicalJSON(value) != `["😀\\ud800",9007199254740992]` {
		t.Error(value, err)
	}
}

func TestWritesCanonicalJSONAsTheVectorsSay(t *testing.T) {
	var stored struct {
		Value   any
		UTF8Hex string
	}
	readJSON(t, "golden/v1/canonical-json.json", &stored)
	if hex.EncodeToString([]byte(canonicalJSON(stored.Value))) != stored.UTF8Hex {
		t.Error(canonicalJSON(stored.Value))
	}
	zero := 0.0
	numbers := []any{1e21, 1e20, 1e-6, 1e-7, 123456789.125, -zero, 5e-324, 1.7976931348623157e308, 0.1, 100.0, -12e-9}
	const expected = "[1e+21,100000000000000000000,0.000001,1e-7,123456789.125,0,5e-324,1.7976931348623157e+308,0.1,100,-1.2e-8]"
	if canonicalJSON(numbers) != expected {
		t.Error(canonicalJSON(numbers))
	}
}

func TestHashesTheFilesOfAFolder(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"sub/b.bin", "a.bin"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	files, err := ModelFiles(folder)
	if err != nil || len(files) != 2 || files[0].Name != "a.bin" || files[1].Name != "sub/b.bin" || files[1].SizeBytes != 9 {
		t.Error(files, err)
	}
	var stored struct {
		Files       []ModelFile
		ModelDigest string
	}
	readJSON(t, "golden/v1/file-list.json", &stored)
	if digest, err := ModelDigest(stored.Files); err != nil || digest != stored.ModelDigest {
		t.Error(digest, err)
	}
	for _, name := range []string{"../a", "/a", "a//b", "A"} {
		if _, err := ModelDigest([]ModelFile{{name, strings.Repeat("0", 64), 1}}); err == nil {
			t.Errorf("accepted %q", name)
		}
	}
	if _, err := ModelDigest(nil); err == nil {
		t.Error("accepted no files")
	}
}

func TestRefusesBase64OfTwoForms(t *testing.T) {
	for _, text := range []string{"AB==", "AAA", "AA\n==", "A A="} {
		if _, err := fromBase64(text, KeyInvalid); err == nil {
			t.Errorf("accepted %q", text)
		}
	}
	if bytes, err := fromBase64(base64.StdEncoding.EncodeToString([]byte("x")), KeyInvalid); err != nil || string(bytes) != "x" {
		t.Error(bytes, err)
	}
}
