package isthmus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Domain is that of the reasons of the contract. Reasons of other domains, a proxy's for example, are not of its table.
const Domain = "isthmus"

const codeOfNoAddress = codes.FailedPrecondition

// Error is a call that failed. Take it out of an error with [errors.As].
type Error struct {
	// Code is the canonical code of gRPC.
	Code codes.Code
	// Reason is one of the contract's, for example MODEL_NOT_FOUND; empty where the failure is not from an Isthmus server.
	Reason string
	// Message says for people what happened.
	Message string
	// Metadata is what the server adds to the reason, for example expectedDim.
	Metadata map[string]string
	// Violations are the fields of the request that break a rule of the schema.
	Violations []Violation
	// RetryAfter is how long the server asks to wait before the next try; zero where it does not say.
	RetryAfter time.Duration

	cause error
}

// Violation is a field of the request that breaks a rule of the schema.
type Violation struct {
	// Field is its path, for example user.events[3].domain.
	Field       string
	Description string
}

// Error gives code, reason and message.
func (e *Error) Error() string {
	if e.Reason == "" {
		return fmt.Sprintf("%s: %s", e.Code, e.Message)
	}
	return fmt.Sprintf("%s %s: %s", e.Code, e.Reason, e.Message)
}

// Remedy says what to do about it; empty where the reason is unknown to this version.
func (e *Error) Remedy() string { return remedies[e.Reason] }

// Unwrap gives the error of grpc.
func (e *Error) Unwrap() error { return e.cause }

// GRPCStatus lets [status.FromError] and [status.Code] see the status.
func (e *Error) GRPCStatus() *status.Status {
	if given, is := status.FromError(e.cause); is && e.cause != nil {
		return given
	}
	return status.New(e.Code, e.Message)
}

// Is makes a passed deadline equal [context.DeadlineExceeded], and a cancelled call [context.Canceled].
func (e *Error) Is(target error) bool {
	return target == context.DeadlineExceeded && e.Code == codes.DeadlineExceeded ||
		target == context.Canceled && e.Code == codes.Canceled
}

// typed gives an [*Error] for any error of a call; nil stays nil.
func typed(err error) error {
	var already *Error
	if err == nil || errors.As(err, &already) {
		return err
	}
	failure := errorOf(status.Convert(err))
	failure.cause = err
	if failure.Code == codes.Canceled && failure.Reason == "" {
		failure.Reason = "CANCELLED"
	}
	return failure
}

// errorOfProto reads a status as batches carry it.
func errorOfProto(carried *spb.Status) *Error {
	read := status.FromProto(carried)
	failure := errorOf(read)
	failure.cause = read.Err()
	return failure
}

// errorOf reads the details. They come from the network: malformed ones are ignored.
func errorOf(failed *status.Status) *Error {
	failure := &Error{Code: failed.Code(), Message: failed.Message()}
	for _, detail := range failed.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			if detail.GetDomain() == Domain {
				failure.Reason, failure.Metadata = detail.GetReason(), detail.GetMetadata()
			}
		case *errdetails.BadRequest:
			for _, one := range detail.GetFieldViolations() {
				failure.Violations = append(failure.Violations, Violation{one.GetField(), one.GetDescription()})
			}
		case *errdetails.RetryInfo:
			failure.RetryAfter = detail.GetRetryDelay().AsDuration()
		}
	}
	return failure
}
