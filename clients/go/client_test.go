package isthmus

import (
	"context"
	"errors"
	"net"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/types/known/durationpb"

	attestationv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/attestation/v1"
	retrievalv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/retrieval/v1"
)

// answering is a retrieval service that answers as a test says.
type answering struct {
	retrievalv1.UnimplementedRetrievalServiceServer
	retrieve func(ctx context.Context) (*retrievalv1.RetrieveResponse, error)
	sizes    []int
}

func (a *answering) Retrieve(
	ctx context.Context, _ *retrievalv1.RetrieveRequest,
) (*retrievalv1.RetrieveResponse, error) {
	return a.retrieve(ctx)
}

func (a *answering) BatchRetrieve(
	_ context.Context, request *retrievalv1.BatchRetrieveRequest,
) (*retrievalv1.BatchRetrieveResponse, error) {
	a.sizes = append(a.sizes, len(request.GetRequests()))
	answer := &retrievalv1.BatchRetrieveResponse{}
	for range request.GetRequests() {
		answer.Results = append(answer.Results, &retrievalv1.BatchRetrieveResult{
			Outcome: &retrievalv1.BatchRetrieveResult_Response{Response: &retrievalv1.RetrieveResponse{}},
		})
	}
	return answer, nil
}

// retrievalClient is a client of one retrieval service.
func retrievalClient(t *testing.T, service *answering, options ...Option) *Client {
	t.Helper()
	register := func(server *grpc.Server) { retrievalv1.RegisterRetrievalServiceServer(server, service) }
	return clientOf(t, register, append(options, WithRetrieval("passthrough:///test"))...)
}

func clientOf(t *testing.T, register func(*grpc.Server), options ...Option) *Client {
	t.Helper()
	listener := bufconn.Listen(1 << 20)
	server := grpc.NewServer()
	register(server)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	dialer := grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) {
		return listener.DialContext(ctx)
	})
	client, err := Dial(append(options, WithInsecure(), WithDialOptions(dialer))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return client
}

func TestRetriesWhatIsUnavailableWithinADeadlineOfItsOwn(t *testing.T) {
	var attempts atomic.Int32
	client := retrievalClient(t, &answering{retrieve: func(ctx context.Context) (*retrievalv1.RetrieveResponse, error) {
		if deadline, has := ctx.Deadline(); !has || time.Until(deadline) > DefaultTimeout {
			return nil, status.Error(codes.InvalidArgument, "no deadline")
		}
		if attempts.Add(1) < 3 {
			return nil, status.Error(codes.Unavailable, "draining")
		}
		return &retrievalv1.RetrieveResponse{}, nil
	}})
	_, err := client.Retrieval.Retrieve(context.Background(), &retrievalv1.RetrieveRequest{})
	if err != nil || attempts.Load() != 3 {
		t.Error(attempts.Load(), err)
	}
}

// unavailable is a proof service whose streams fail before their first message.
type unavailable struct {
	attestationv1.UnimplementedProofServiceServer
	attempts atomic.Int32
}

func (u *unavailable) WatchRun(
	*attestationv1.WatchRunRequest, grpc.ServerStreamingServer[attestationv1.WatchRunResponse],
) error {
	u.attempts.Add(1)
	return status.Error(codes.Unavailable, "draining")
}

func (u *unavailable) UploadObject(
	grpc.ClientStreamingServer[attestationv1.UploadObjectRequest, attestationv1.UploadObjectResponse],
) error {
	u.attempts.Add(1)
	return status.Error(codes.Unavailable, "draining")
}

func TestRepeatsNoStream(t *testing.T) {
	service := &unavailable{}
	client := clientOf(t, func(server *grpc.Server) { attestationv1.RegisterProofServiceServer(server, service) },
		WithAttestation("passthrough:///test"))
	watching, err := client.Proofs.WatchRun(context.Background(), &attestationv1.WatchRunRequest{})
	if err == nil {
		_, err = watching.Recv()
	}
	if status.Code(err) != codes.Unavailable || service.attempts.Load() != 1 {
		t.Error(service.attempts.Load(), err)
	}
	uploading, err := client.Proofs.UploadObject(context.Background())
	if err == nil {
		_, err = uploading.CloseAndRecv()
	}
	if status.Code(err) != codes.Unavailable || service.attempts.Load() != 2 {
		t.Error(service.attempts.Load(), err)
	}
}

func TestGivesTypedErrors(t *testing.T) {
	client := retrievalClient(t, &answering{retrieve: func(context.Context) (*retrievalv1.RetrieveResponse, error) {
		failed, err := status.New(codes.InvalidArgument, "no").WithDetails(
			&errdetails.ErrorInfo{Reason: "FIELD_INVALID", Domain: Domain, Metadata: map[string]string{"field": "k"}},
			&errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{
				{Field: "k", Description: "too large"},
			}},
			&errdetails.RetryInfo{RetryDelay: durationpb.New(time.Second)},
		)
		if err != nil {
			return nil, err
		}
		return nil, failed.Err()
	}})
	_, err := client.Retrieval.Retrieve(context.Background(), &retrievalv1.RetrieveRequest{})
	var failure *Error
	if !errors.As(err, &failure) {
		t.Fatal(err)
	}
	if failure.Reason != "FIELD_INVALID" || failure.Remedy() == "" || failure.Metadata["field"] != "k" ||
		failure.RetryAfter != time.Second || !slices.Equal(failure.Violations, []Violation{{"k", "too large"}}) {
		t.Errorf("%+v", failure)
	}
	if status.Code(err) != codes.InvalidArgument {
		t.Error(status.Code(err))
	}
}

func TestEndsACallAtItsDeadline(t *testing.T) {
	client := retrievalClient(t, &answering{retrieve: func(ctx context.Context) (*retrievalv1.RetrieveResponse, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}}, WithTimeout(20*time.Millisecond))
	_, err := client.Retrieval.Retrieve(context.Background(), &retrievalv1.RetrieveRequest{})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestSendsManyInBatches(t *testing.T) {
	service := &answering{}
	requests := make([]*retrievalv1.RetrieveRequest, MaxBatch+1)
	for index := range requests {
		requests[index] = &retrievalv1.RetrieveRequest{}
	}
	outcomes, err := retrievalClient(t, service).RetrieveMany(context.Background(), requests)
	if err != nil || len(outcomes) != len(requests) || !slices.Equal(service.sizes, []int{MaxBatch, 1}) {
		t.Error(len(outcomes), service.sizes, err)
	}
}

func TestAsksWhetherConnectionsAreEncrypted(t *testing.T) {
	for name, options := range map[string][]Option{
		"neither":   nil,
		"both":      {WithInsecure(), WithTLS(TLS{})},
		"half":      {WithTLS(TLS{Certificate: []byte("x")})},
		"authority": {WithTLS(TLS{CA: []byte("x")})},
	} {
		if _, err := Dial(options...); err == nil {
			t.Error(name)
		}
	}
}

func TestNamesTheAddressThatIsMissing(t *testing.T) {
	client, err := Dial(WithInsecure())
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Retrieval.Retrieve(context.Background(), &retrievalv1.RetrieveRequest{})
	var failure *Error
	if !errors.As(err, &failure) || failure.Message != "no address: give isthmus.WithRetrieval to Dial" {
		t.Error(err)
	}
}

func TestVectorsKeepTheirBits(t *testing.T) {
	vector := NewVector([]float32{0.25, -1})
	values, err := Floats(vector)
	if err != nil || !slices.Equal(values, []float32{0.25, -1}) || vector.GetDim() != 2 {
		t.Error(values, err)
	}
	vector.Dim = 3
	if _, err := Floats(vector); err == nil {
		t.Error("accepted two numbers for three")
	}
}

func TestFillsInRequestIDsOfChanges(t *testing.T) {
	given := &retrievalv1.UpsertItemsRequest{}
	filled := withRequestID(given).(*retrievalv1.UpsertItemsRequest)
	if given.GetRequestId() != "" || len(filled.GetRequestId()) != 36 {
		t.Error(given, filled)
	}
	if withRequestID(filled) != any(filled) {
		t.Error("replaced an id that was given")
	}
}
