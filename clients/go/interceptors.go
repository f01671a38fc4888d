package isthmus

import (
	"context"
	"io"
	"time"

	"google.golang.org/grpc"
)

// callWith gives unary calls a deadline, a request id and typed errors.
func callWith(timeout time.Duration) grpc.UnaryClientInterceptor {
	return func(
		ctx context.Context, method string, request, answer any, connection *grpc.ClientConn,
		invoke grpc.UnaryInvoker, options ...grpc.CallOption,
	) error {
		ctx, cancel := withDeadline(ctx, timeout)
		defer cancel()
		return typed(invoke(ctx, method, withRequestID(request), answer, connection, options...))
	}
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
