package isthmus

import (
	"context"
	"encoding/binary"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	retrievalv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/retrieval/v1"
)

// breaksOff serves answers of which the first few begin and lose their connection, as those of a killed replica do.
func breaksOff(t *testing.T, times int64) (string, *atomic.Int64) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	calls := &atomic.Int64{}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go (&http2.Server{}).ServeConn(connection, &http2.ServeConnOpts{Handler: http.HandlerFunc(
				func(answer http.ResponseWriter, _ *http.Request) {
					answer.Header().Set("Content-Type", "application/grpc")
					answer.Header().Set("Trailer", "Grpc-Status")
					if calls.Add(1) <= times {
						answer.WriteHeader(http.StatusOK)
						answer.(http.Flusher).Flush()
						time.Sleep(20 * time.Millisecond)
						_ = connection.Close()
						return
					}
					message, _ := proto.Marshal(&retrievalv1.RetrieveResponse{Sequence: 7})
					_, _ = answer.Write(append(binary.BigEndian.AppendUint32([]byte{0}, uint32(len(message))), message...))
					answer.Header().Set("Grpc-Status", "0")
				},
			)})
		}
	}()
	return listener.Addr().String(), calls
}

func TestAnAnswerThatBreaksOffIsAskedForAgain(t *testing.T) {
	for _, breaks := range []int64{2, 100} {
		address, calls := breaksOff(t, breaks)
		client, err := Dial(WithInsecure(), WithRetrieval(address), WithTimeout(20*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := client.Retrieval.Retrieve(context.Background(), &retrievalv1.RetrieveRequest{K: 1})
		if breaks < maxAttempts && (err != nil || answer.GetSequence() != 7 || calls.Load() != breaks+1) {
			t.Errorf("%v, %v after %d calls", answer, err, calls.Load())
		}
		if breaks >= maxAttempts && (status.Code(err) != codes.Unavailable || calls.Load() != maxAttempts) {
			t.Errorf("%v after %d calls", err, calls.Load())
		}
		_ = client.Close()
	}
}
