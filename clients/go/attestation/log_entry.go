package attestation

import (
	"encoding/binary"
	"encoding/hex"
	"time"
)

const (
	logEntryVersion  = 1
	maxLogEntryBytes = 65_535
)

var logEntryTypes = map[byte]string{1: "START", 2: "COMMIT", 3: "VERDICT", 4: "ATTEST", 5: "REVOKE", 6: "DISPUTE"}

// LogEntry is what the transparency log says of a run.
type LogEntry struct {
	Type  string
	Time  time.Time
	RunID string
	// PayloadSHA256 is what the entry commits to; of an ATTEST entry the id of the attestation.
	PayloadSHA256 string
	// Summary is a JSON object, with every number as float64.
	Summary map[string]any
}

// decodeLogEntry reads version, type, time, run id, payload hash and summary in canonical JSON.
func decodeLogEntry(data []byte) (LogEntry, error) {
	if len(data) < 11 {
		return LogEntry{}, refuse(LogEntryInvalid, "log entry: ends early")
	}
	kind, known := logEntryTypes[data[1]]
	timeMs := binary.LittleEndian.Uint64(data[2:])
	idSize := int(data[10])
	switch {
	case data[0] != logEntryVersion:
		return LogEntry{}, refuse(LogEntryInvalid, "log entry: version %d, this code reads %d", data[0], logEntryVersion)
	case !known:
		return LogEntry{}, refuse(LogEntryInvalid, "log entry: unknown type %d", data[1])
	case timeMs > maxSafe:
		return LogEntry{}, refuse(LogEntryInvalid, "log entry: the time exceeds 2^53 - 1")
	case idSize < 16 || idSize > 32:
		return LogEntry{}, refuse(LogEntryInvalid, "log entry: a run id has 16 to 32 bytes, this one %d", idSize)
	case len(data) < 11+idSize+34:
		return LogEntry{}, refuse(LogEntryInvalid, "log entry: ends early")
	}
	id, rest := data[11:11+idSize], data[11+idSize:]
	text := rest[34:]
	if len(text) != int(binary.LittleEndian.Uint16(rest[32:])) {
		return LogEntry{}, refuse(LogEntryInvalid, "log entry: another size than it says")
	}
	summary, err := strictJSON(text, maxLogEntryBytes, maxDepth)
	if err != nil {
		return LogEntry{}, err
	}
	if canonicalJSON(summary) != string(text) {
		return LogEntry{}, refuse(JSONInvalid, "the JSON is not in its canonical form (RFC 8785)")
	}
	members, isObject := summary.(map[string]any)
	if !isObject {
		return LogEntry{}, refuse(LogEntryInvalid, "log entry: the summary is no object")
	}
	return LogEntry{
		Type:          kind,
		Time:          time.UnixMilli(int64(timeMs)).UTC(),
		RunID:         hex.EncodeToString(id),
		PayloadSHA256: hex.EncodeToString(rest[:32]),
		Summary:       members,
	}, nil
}
