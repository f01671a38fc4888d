package attestation_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/isthmus-mesh/isthmus/clients/go/attestation"
)

// A relying party holds a bundle and its proof of inclusion, asks nobody, and says what it requires.
func ExampleVerify() {
	// Instead of trust.json, model.sigstore.json and model.tlog-proof: the golden files of this repository.
	var stored struct{ Bundle, Proof, PublicKeyPem, VerifierKey string }
	for _, name := range []string{"attestation", "log"} {
		content, err := os.ReadFile("../../../services/proof/golden/v1/" + name + ".json")
		if err != nil {
			log.Fatal(err)
		}
		if err := json.Unmarshal(content, &stored); err != nil {
			log.Fatal(err)
		}
	}
	trust := attestation.Trust{AttestationKeys: []string{stored.PublicKeyPem}, LogVerifierKey: stored.VerifierKey}

	evidence := attestation.Evidence{Bundle: []byte(stored.Bundle), LogProof: stored.Proof}
	verified, err := attestation.Verify(evidence, trust)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(verified.Assurance, verified.Mode)

	// The digest of a model that answered, and of which the bundle says nothing.
	evidence.ModelDigest = strings.Repeat("0", 64)
	_, err = attestation.Verify(evidence, trust)
	var refusal *attestation.Error
	if errors.As(err, &refusal) {
		fmt.Println(refusal.Class)
	}
	// Output:
	// L3_FULL ONLINE
	// SUBJECT_MISMATCH
}
