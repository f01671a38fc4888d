// Command rerank is a re-ranker: it takes candidates with their provenance, checks offline that their model was attested,
// and reorders them. clients/README.md describes arguments and output, the same in every language.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"time"

	"google.golang.org/protobuf/encoding/protojson"

	isthmus "github.com/isthmus-mesh/isthmus/clients/go"
	"github.com/isthmus-mesh/isthmus/clients/go/attestation"
	modelv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/model/v1"
	retrievalv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/retrieval/v1"
)

const (
	candidates = 50
	shown      = 10
)

var (
	address  = flag.String("retrieval", "", "`host:port` of the retrieval program")
	model    = flag.String("model", "", "name of the model")
	user     = flag.String("user", "", "`file` with a UserContext in proto JSON")
	trust    = flag.String("trust", "", "trust.json of the attestation service")
	bundle   = flag.String("bundle", "", "Sigstore bundle of the model")
	logProof = flag.String("log-proof", "", "proof that the bundle is in the log")

	authority   = flag.String("tls-authority", "", "certificates of the authority; plain text where empty")
	certificate = flag.String("tls-certificate", "", "certificate of this caller")
	key         = flag.String("tls-key", "", "key of that certificate")
)

// ranked is a candidate with the score of this ranker.
type ranked struct {
	item, interest string
	score          float64
}

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, explain(err))
		os.Exit(1)
	}
}

func run() error {
	answer, err := retrieve()
	if err != nil {
		return err
	}
	verified, err := verify(answer.GetModel().GetDigest())
	if err != nil {
		return err
	}
	fmt.Printf("model %s version %s attested %s %s %s: verified\n", answer.GetModel().GetName(),
		answer.GetModel().GetVersion(), verified.AttestationID, verified.Assurance, verified.Mode)
	for index, one := range rerank(answer)[:min(shown, len(answer.GetHits()))] {
		fmt.Printf("%d\t%s\t%.6f\t%s\n", index+1, one.item, one.score, one.interest)
	}
	return nil
}

func retrieve() (*retrievalv1.RetrieveResponse, error) {
	content, err := os.ReadFile(*user)
	if err != nil {
		return nil, err
	}
	about := &modelv1.UserContext{}
	if err := protojson.Unmarshal(content, about); err != nil {
		return nil, err
	}
	protection, err := protection()
	if err != nil {
		return nil, err
	}
	client, err := isthmus.Dial(isthmus.WithRetrieval(*address), isthmus.WithTimeout(10*time.Second), protection)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	return client.Retrieval.Retrieve(context.Background(), &retrievalv1.RetrieveRequest{
		Model: &modelv1.ModelSpec{Name: *model}, User: about, K: candidates, Explain: true,
	})
}

// protection is mutual TLS where an authority is named; otherwise plain text, for servers that have said so too.
func protection() (isthmus.Option, error) {
	if *authority == "" {
		return isthmus.WithInsecure(), nil
	}
	certificates, err := isthmus.ReadTLS(*authority, *certificate, *key)
	return isthmus.WithTLS(certificates), err
}

func verify(digest string) (*attestation.Verified, error) {
	trusted, err := attestation.ReadTrust(*trust)
	if err != nil {
		return nil, err
	}
	evidence := attestation.Evidence{ModelDigest: digest}
	if evidence.Bundle, err = os.ReadFile(*bundle); err != nil {
		return nil, err
	}
	proof, err := os.ReadFile(*logProof)
	if err != nil {
		return nil, err
	}
	evidence.LogProof = string(proof)
	return attestation.Verify(evidence, trusted)
}

// rerank scores candidates by a logistic model, best first: how probable the interest is, the rank there, the retrieval's
// score.
func rerank(answer *retrievalv1.RetrieveResponse) []ranked {
	var list []ranked
	for _, hit := range answer.GetHits() {
		interest := answer.GetInterests()[hit.GetInterest()]
		logit := 0.5*math.Log(float64(interest.GetProbability())+1e-9) +
			2/(1+float64(hit.GetRankInInterest())) + 0.1*float64(hit.GetScore())
		list = append(list, ranked{hit.GetItemId(), interest.GetId(), 1 / (1 + math.Exp(-logit))})
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.item, b.item))
	})
	return list
}

// explain begins with the class of a refusal, or with the reason of a failed call.
func explain(err error) string {
	var failure *isthmus.Error
	if errors.As(err, &failure) && failure.Reason != "" {
		return fmt.Sprintf("%s: %s %s", failure.Reason, failure.Message, failure.Remedy())
	}
	return err.Error()
}
