package isthmus

import (
	"crypto/rand"
	"fmt"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// withRequestID gives a change that carries no request id a fresh one, so that a retry is harmless. The argument stays as
// it is.
func withRequestID(request any) any {
	message, isMessage := request.(proto.Message)
	if !isMessage {
		return request
	}
	read := message.ProtoReflect()
	field := read.Descriptor().Fields().ByName("request_id")
	if field == nil || field.Kind() != protoreflect.StringKind || read.Get(field).String() != "" {
		return request
	}
	copied := proto.Clone(message)
	copied.ProtoReflect().Set(field, protoreflect.ValueOfString(newUUID()))
	return copied
}

// newUUID draws a version 4 (RFC 9562, section 5.4).
func newUUID() string {
	var bytes [16]byte
	// Never fails: crypto/rand ends the program where the system gives no randomness.
	_, _ = rand.Read(bytes[:])
	bytes[6] = bytes[6]&0x0f | 0x40
	bytes[8] = bytes[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", bytes[:4], bytes[4:6], bytes[6:8], bytes[8:10], bytes[10:])
}
