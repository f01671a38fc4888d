package main

import (
	"context"
	"errors"
	"io"
	"reflect"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	isthmus "github.com/isthmus-mesh/isthmus/clients/go"
)

// cancelAfter is when a call that waits is cancelled.
const cancelAfter = 100 * time.Millisecond

// fieldOf gives the field of the client by the service's name.
var fieldOf = map[string]string{
	"RetrievalService": "Retrieval", "CatalogueService": "Catalogue", "RepresentationService": "Representation",
	"AttestationService": "Attestation", "ProofService": "Proofs", "TransparencyLogService": "Log",
	"ModelService": "Models",
}

// perform makes one call and tells how it ended; first is to be called after the first message of a call that drains.
func perform(client *isthmus.Client, one contractCase, asked begun, first func() error) outcome {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if asked.DeadlineMs != nil {
		ctx, cancel = context.WithTimeout(ctx, time.Duration(*asked.DeadlineMs)*time.Millisecond)
		defer cancel()
	}
	if one.Behaviour == "cancel" && !one.ServerStreaming {
		defer time.AfterFunc(cancelAfter, cancel).Stop()
	}
	ended := outcome{Language: language, Code: "OK", Answers: [][]byte{}}
	err := call(ctx, client, one.Method, asked.Requests, func(answer proto.Message) error {
		encoded, err := proto.Marshal(answer)
		ended.Answers = append(ended.Answers, encoded)
		switch {
		case err != nil:
		case one.Behaviour == "cancel":
			cancel()
		case one.Behaviour == "drain":
			err = first()
		}
		return err
	})
	var failure *isthmus.Error
	switch {
	case errors.As(err, &failure):
		ended.Code, ended.Reason, ended.Message = codeName(failure.Code), failure.Reason, failure.Message
		if failure.Reason != "" {
			ended.Domain = isthmus.Domain
		}
		for _, field := range failure.Violations {
			ended.Violations = append(ended.Violations, violation(field))
		}
	case err != nil:
		ended.Code, ended.Message = "", err.Error()
	}
	return ended
}

// call calls a method of the client's service by its name, as `isthmus.retrieval.v1.RetrievalService/Retrieve`.
func call(
	ctx context.Context, client *isthmus.Client, name string, requests [][]byte, keep func(proto.Message) error,
) error {
	service, method, _ := strings.Cut(name, "/")
	found, err := protoregistry.GlobalFiles.FindDescriptorByName(protoreflect.FullName(service + "." + method))
	if err != nil {
		return err
	}
	descriptor := found.(protoreflect.MethodDescriptor)
	messages, err := decode(descriptor.Input().FullName(), requests)
	if err != nil {
		return err
	}
	target := reflect.ValueOf(client).Elem().FieldByName(fieldOf[service[strings.LastIndex(service, ".")+1:]])
	arguments := []reflect.Value{reflect.ValueOf(ctx)}
	if !descriptor.IsStreamingClient() {
		arguments = append(arguments, reflect.ValueOf(messages[0]))
	}
	result, err := results(target.MethodByName(method).Call(arguments))
	if err != nil {
		return err
	}
	if !descriptor.IsStreamingClient() && !descriptor.IsStreamingServer() {
		return keep(result.Interface().(proto.Message))
	}
	return stream(result, descriptor, messages, keep)
}

// stream sends every message, then reads every answer.
func stream(
	opened reflect.Value, method protoreflect.MethodDescriptor, messages []proto.Message, keep func(proto.Message) error,
) error {
	if method.IsStreamingClient() {
		for _, message := range messages {
			sent := opened.MethodByName("Send").Call([]reflect.Value{reflect.ValueOf(message)})
			// io.EOF says that the call has ended; why, the reading tells.
			if err, _ := sent[0].Interface().(error); err == io.EOF {
				break
			} else if err != nil {
				return err
			}
		}
	}
	if !method.IsStreamingServer() {
		answer, err := results(opened.MethodByName("CloseAndRecv").Call(nil))
		if err != nil {
			return err
		}
		return keep(answer.Interface().(proto.Message))
	}
	if method.IsStreamingClient() {
		if err, _ := opened.MethodByName("CloseSend").Call(nil)[0].Interface().(error); err != nil {
			return err
		}
	}
	for {
		answer, err := results(opened.MethodByName("Recv").Call(nil))
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = keep(answer.Interface().(proto.Message))
		}
		if err != nil {
			return err
		}
	}
}

func decode(name protoreflect.FullName, requests [][]byte) ([]proto.Message, error) {
	kind, err := protoregistry.GlobalTypes.FindMessageByName(name)
	if err != nil {
		return nil, err
	}
	messages := make([]proto.Message, len(requests))
	for index, request := range requests {
		messages[index] = kind.New().Interface()
		if err := proto.Unmarshal(request, messages[index]); err != nil {
			return nil, err
		}
	}
	return messages, nil
}

func results(values []reflect.Value) (reflect.Value, error) {
	err, _ := values[1].Interface().(error)
	return values[0], err
}

// codeName writes a code as the contract does: NotFound as NOT_FOUND.
func codeName(code codes.Code) string {
	switch code {
	case codes.OK:
		return "OK"
	case codes.Canceled:
		return "CANCELLED"
	}
	var name strings.Builder
	for index, char := range code.String() {
		if index > 0 && char >= 'A' && char <= 'Z' {
			name.WriteByte('_')
		}
		name.WriteRune(char)
	}
	return strings.ToUpper(name.String())
}
