package isthmus

import (
	"context"
	"fmt"
	"slices"

	representationv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/representation/v1"
	retrievalv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/retrieval/v1"
)

// MaxBatch is how many requests one call may hold, by the contract.
const MaxBatch = 256

// Outcome is what became of one request of many: Answer, or Err where that is not nil.
type Outcome[Answer any] struct {
	Answer Answer
	// Err is of the request alone.
	Err *Error
}

// RetrieveMany retrieves for any number of users, in batches of at most [MaxBatch], each with the default deadline where ctx
// has none. One bad request does not fail the others: its place holds its error. The error returned is of a whole batch.
func (c *Client) RetrieveMany(
	ctx context.Context, requests []*retrievalv1.RetrieveRequest,
) ([]Outcome[*retrievalv1.RetrieveResponse], error) {
	return inBatches(requests, func(part []*retrievalv1.RetrieveRequest) (
		outcomes []Outcome[*retrievalv1.RetrieveResponse], err error,
	) {
		answer, err := c.Retrieval.BatchRetrieve(ctx, &retrievalv1.BatchRetrieveRequest{Requests: part})
		for _, result := range answer.GetResults() {
			outcome := Outcome[*retrievalv1.RetrieveResponse]{Answer: result.GetResponse()}
			if outcome.Answer == nil {
				outcome.Err = errorOfProto(result.GetError())
			}
			outcomes = append(outcomes, outcome)
		}
		return outcomes, err
	})
}

// RepresentMany represents any number of users; as [Client.RetrieveMany].
func (c *Client) RepresentMany(
	ctx context.Context, requests []*representationv1.RepresentRequest,
) ([]Outcome[*representationv1.RepresentResponse], error) {
	return inBatches(requests, func(part []*representationv1.RepresentRequest) (
		outcomes []Outcome[*representationv1.RepresentResponse], err error,
	) {
		answer, err := c.Representation.BatchRepresent(ctx, &representationv1.BatchRepresentRequest{Requests: part})
		for _, result := range answer.GetResults() {
			outcome := Outcome[*representationv1.RepresentResponse]{Answer: result.GetResponse()}
			if outcome.Answer == nil {
				outcome.Err = errorOfProto(result.GetError())
			}
			outcomes = append(outcomes, outcome)
		}
		return outcomes, err
	})
}

func inBatches[Request, Answer any](
	requests []Request, call func([]Request) ([]Outcome[Answer], error),
) ([]Outcome[Answer], error) {
	outcomes := make([]Outcome[Answer], 0, len(requests))
	for part := range slices.Chunk(requests, MaxBatch) {
		answered, err := call(part)
		if err != nil {
			return nil, err
		}
		if len(answered) != len(part) {
			return nil, fmt.Errorf("isthmus: %d answers to %d requests", len(answered), len(part))
		}
		outcomes = append(outcomes, answered...)
	}
	return outcomes, nil
}
