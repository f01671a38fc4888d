package isthmus_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	isthmus "github.com/isthmus-mesh/isthmus/clients/go"
	modelv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/model/v1"
	retrievalv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/retrieval/v1"
)

// One client is made at the start of a program and shared by its goroutines.
func ExampleDial() {
	address, stop := serveBooks()
	defer stop()

	client, err := isthmus.Dial(
		isthmus.WithRetrieval(address),
		isthmus.WithTimeout(time.Minute),
		isthmus.WithInsecure(), // on loopback; elsewhere isthmus.WithTLS
	)
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	answer, err := client.Retrieval.Retrieve(context.Background(), &retrievalv1.RetrieveRequest{
		Model: &modelv1.ModelSpec{Name: "books"}, User: &modelv1.UserContext{}, K: 1,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer.GetHits()[0].GetItemId())
	// Output: book-1
}

// A call that fails says why, in words of the contract, and what to do about it.
func ExampleError() {
	client, stop := bookClient()
	defer stop()

	_, err := client.Retrieval.Retrieve(context.Background(), &retrievalv1.RetrieveRequest{
		Model: &modelv1.ModelSpec{Name: "shoes"}, User: &modelv1.UserContext{}, K: 1,
	})
	var failure *isthmus.Error
	if errors.As(err, &failure) {
		fmt.Println(failure.Code, failure.Reason)
		fmt.Println(failure.Remedy())
	}
	// Output:
	// NotFound MODEL_NOT_FOUND
	// check the name against ListModels, or load the model.
}

// Many requests travel in batches; a bad one fails alone.
func ExampleClient_RetrieveMany() {
	client, stop := bookClient()
	defer stop()

	requests := []*retrievalv1.RetrieveRequest{
		{Model: &modelv1.ModelSpec{Name: "books"}, K: 1},
		{Model: &modelv1.ModelSpec{Name: "shoes"}, K: 1},
	}
	outcomes, err := client.RetrieveMany(context.Background(), requests)
	if err != nil {
		log.Fatal(err)
	}
	for _, outcome := range outcomes {
		if outcome.Err != nil {
			fmt.Println(outcome.Err.Code)
			continue
		}
		fmt.Println(outcome.Answer.GetHits()[0].GetItemId())
	}
	// Output:
	// book-1
	// NotFound
}

// Vectors travel as little-endian float32.
func ExampleFloats() {
	vector := isthmus.NewVector([]float32{0.5, -2})
	fmt.Println(vector.GetDim(), len(vector.GetValues()))

	values, err := isthmus.Floats(vector)
	fmt.Println(values, err)
	// Output:
	// 2 8
	// [0.5 -2] <nil>
}

// books stands for a retrieval program.
type books struct {
	retrievalv1.UnimplementedRetrievalServiceServer
}

func (books) Retrieve(
	_ context.Context, request *retrievalv1.RetrieveRequest,
) (*retrievalv1.RetrieveResponse, error) {
	if request.GetModel().GetName() != "books" {
		return nil, unknown().Err()
	}
	return &retrievalv1.RetrieveResponse{Hits: []*retrievalv1.Hit{{ItemId: "book-1"}}}, nil
}

func (b books) BatchRetrieve(
	ctx context.Context, request *retrievalv1.BatchRetrieveRequest,
) (*retrievalv1.BatchRetrieveResponse, error) {
	batch := &retrievalv1.BatchRetrieveResponse{}
	for _, one := range request.GetRequests() {
		result := &retrievalv1.BatchRetrieveResult{}
		if answer, err := b.Retrieve(ctx, one); err != nil {
			result.Outcome = &retrievalv1.BatchRetrieveResult_Error{Error: unknown().Proto()}
		} else {
			result.Outcome = &retrievalv1.BatchRetrieveResult_Response{Response: answer}
		}
		batch.Results = append(batch.Results, result)
	}
	return batch, nil
}

func unknown() *status.Status {
	failed, err := status.New(codes.NotFound, "no such model").WithDetails(
		&errdetails.ErrorInfo{Reason: "MODEL_NOT_FOUND", Domain: isthmus.Domain})
	if err != nil {
		panic(err)
	}
	return failed
}

func serveBooks() (address string, stop func()) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer()
	retrievalv1.RegisterRetrievalServiceServer(server, books{})
	go func() { _ = server.Serve(listener) }()
	return listener.Addr().String(), server.Stop
}

func bookClient() (client *isthmus.Client, stop func()) {
	address, end := serveBooks()
	client, err := isthmus.Dial(
		isthmus.WithRetrieval(address), isthmus.WithTimeout(time.Minute), isthmus.WithInsecure())
	if err != nil {
		log.Fatal(err)
	}
	return client, func() {
		_ = client.Close()
		end()
	}
}
