package attestation

import "fmt"

// FailureClass says why a format was refused or a check failed; docs/proof-formats.md describes the formats.
type FailureClass string

// The classes of failure, the same words in every language.
const (
	JSONInvalid         FailureClass = "JSON_INVALID"
	FileListInvalid     FailureClass = "FILE_LIST_INVALID"
	LogEntryInvalid     FailureClass = "LOG_ENTRY_INVALID"
	LogProofMalformed   FailureClass = "LOG_PROOF_MALFORMED"
	LogProofInvalid     FailureClass = "LOG_PROOF_INVALID"
	CheckpointMalformed FailureClass = "CHECKPOINT_MALFORMED"
	CheckpointSignature FailureClass = "CHECKPOINT_SIGNATURE"
	KeyInvalid          FailureClass = "KEY_INVALID"
	KeyUnknown          FailureClass = "KEY_UNKNOWN"
	SignatureInvalid    FailureClass = "SIGNATURE_INVALID"
	StatementMalformed  FailureClass = "STATEMENT_MALFORMED"
	EnvelopeMalformed   FailureClass = "ENVELOPE_MALFORMED"
	BundleMalformed     FailureClass = "BUNDLE_MALFORMED"
	PredicateTypeOther  FailureClass = "PREDICATE_TYPE"
	SubjectMismatch     FailureClass = "SUBJECT_MISMATCH"
	PolicyLevel         FailureClass = "POLICY_LEVEL"
	PolicyMode          FailureClass = "POLICY_MODE"
	PolicyLogProof      FailureClass = "POLICY_LOG_PROOF"
)

// Error is an attestation that was refused.
type Error struct {
	Class   FailureClass
	Message string
}

// Error begins with the class.
func (e *Error) Error() string { return string(e.Class) + ": " + e.Message }

func refuse(class FailureClass, format string, arguments ...any) error {
	return &Error{Class: class, Message: fmt.Sprintf(format, arguments...)}
}
