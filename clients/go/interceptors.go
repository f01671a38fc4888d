package isthmus

import (
	"context"
	"io"
	"slices"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// callWith gives unary calls a deadline, a request id and typed errors, and makes those again whose answer breaks off.
func callWith(timeout time.Duration) grpc.UnaryClientInterceptor {
	return func(
		ctx context.Context, method string, request, answer any, connection *grpc.ClientConn,
		invoke grpc.UnaryInvoker, options ...grpc.CallOption,
	) error {
		ctx, cancel := withDeadline(ctx, timeout)
		defer cancel()
		request = withRequestID(request)
		for attempt := 1; ; attempt++ {
			var header metadata.MD
			err := invoke(ctx, method, request, answer, connection, append(slices.Clip(options), grpc.Header(&header))...)
			if attempt == maxAttempts || !brokeOff(err, header) {
				return typed(err)
			}
		}
	}
}

// brokeOff says whether the answer of a call had begun and then broke off on its way: no server has given it this status. gRPC
// gives up repeating a call with the first headers of its answer (gRFC A6), and these leave a server a moment before the rest: of
// the calls that are under way on a replica when it is killed, one in a few ends like this. A proxy between resets the stream,
// which may be INTERNAL.
func brokeOff(err error, header metadata.MD) bool {
	if err == nil || len(header) == 0 {
		return false
	}
	failed := status.Convert(err)
	return (failed.Code() == codes.Unavailable || failed.Code() == codes.Internal) && len(failed.Proto().GetDetails()) == 0
}

// streamWith gives streams a deadline and typed errors.
func streamWith(timeout time.Duration) grpc.StreamClientInterceptor {
	return func(
		ctx context.Context, description *grpc.StreamDesc, connection *grpc.ClientConn, method string,
		open grpc.Streamer, options ...grpc.CallOption,
	) (grpc.ClientStream, error) {
		ctx, cancel := withDeadline(ctx, timeout)
		stream, err := open(ctx, description, connection, method, options...)
		if err != nil {
			cancel()
			return nil, typed(err)
		}
		return &typedStream{stream, cancel, !description.ServerStreams}, nil
	}
}

func withDeadline(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	if _, has := ctx.Deadline(); has {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, timeout)
}

// typedStream frees its deadline at its end and gives typed errors; io.EOF stays what it is.
type typedStream struct {
	grpc.ClientStream
	end       context.CancelFunc
	oneAnswer bool
}

func (s *typedStream) RecvMsg(message any) error {
	err := s.ClientStream.RecvMsg(message)
	if err != nil || s.oneAnswer {
		s.end()
	}
	if err == io.EOF {
		return err
	}
	return typed(err)
}

func (s *typedStream) SendMsg(message any) error {
	err := s.ClientStream.SendMsg(message)
	if err == nil || err == io.EOF {
		return err
	}
	s.end()
	return typed(err)
}
