package attestation

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	// maxSafe is the largest whole number up to which a float64 holds every one.
	maxSafe  = 1<<53 - 1
	maxDepth = 64
)

// strictJSON reads one JSON value (RFC 8259) from hostile bytes into nil, bool, float64, string, []any and map[string]any.
// It refuses what two readers could read differently: duplicate names, invalid UTF-8, lone surrogates, numbers that a
// float64 would change, deep nesting.
func strictJSON(data []byte, maxBytes, depth int) (any, error) {
	if len(data) > maxBytes {
		return nil, refuse(JSONInvalid, "JSON: %d bytes, more than %d", len(data), maxBytes)
	}
	if !utf8.Valid(data) || !json.Valid(data) {
		return nil, refuse(JSONInvalid, "JSON: not one JSON value in UTF-8")
	}
	if holdsLoneSurrogate(data) {
		return nil, refuse(JSONInvalid, "JSON: a lone surrogate")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	value, err := readValue(decoder, depth)
	if err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, refuse(JSONInvalid, "JSON: more than one value")
	}
	return value, nil
}

func readValue(decoder *json.Decoder, left int) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, refuse(JSONInvalid, "JSON: %v", err)
	}
	switch token := token.(type) {
	case json.Number:
		return readNumber(string(token))
	case json.Delim:
		if left == 0 {
			return nil, refuse(JSONInvalid, "JSON: nested too deep")
		}
		if token == '[' {
			return readArray(decoder, left-1)
		}
		return readObject(decoder, left-1)
	default:
		return token, nil
	}
}

func readArray(decoder *json.Decoder, left int) (any, error) {
	values := []any{}
	for decoder.More() {
		value, err := readValue(decoder, left)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	_, err := decoder.Token()
	return values, err
}

func readObject(decoder *json.Decoder, left int) (any, error) {
	members := map[string]any{}
	for decoder.More() {
		token, err := decoder.Token()
		name, isText := token.(string)
		if err != nil || !isText {
			return nil, refuse(JSONInvalid, "JSON: expected a name")
		}
		if _, twice := members[name]; twice {
			return nil, refuse(JSONInvalid, "JSON: a name appears twice")
		}
		value, err := readValue(decoder, left)
		if err != nil {
			return nil, err
		}
		members[name] = value
	}
	_, err := decoder.Token()
	return members, err
}

func readNumber(token string) (any, error) {
	value, err := strconv.ParseFloat(token, 64)
	if err != nil || math.IsInf(value, 0) {
		return nil, refuse(JSONInvalid, "JSON: a number overflows")
	}
	whole := !strings.ContainsAny(token, ".eE")
	if whole && math.Abs(value) > maxSafe && numberText(value) != token {
		return nil, refuse(JSONInvalid, "JSON: a whole number is not one that a float64 holds")
	}
	return value, nil
}

// holdsLoneSurrogate looks at the escapes of valid JSON; encoding/json would replace such a one silently.
func holdsLoneSurrogate(data []byte) bool {
	for at := 0; at < len(data); at++ {
		if data[at] != '\\' {
			continue
		}
		at++
		if data[at] != 'u' {
			continue
		}
		unit := escapedUnit(data[at+1:])
		at += 4
		if !utf16.IsSurrogate(unit) {
			continue
		}
		if at+6 >= len(data) || data[at+1] != '\\' || data[at+2] != 'u' ||
			utf16.DecodeRune(unit, escapedUnit(data[at+3:])) == utf8.RuneError {
			return true
		}
		at += 6
	}
	return false
}

func escapedUnit(digits []byte) rune {
	unit, _ := strconv.ParseUint(string(digits[:4]), 16, 16)
	return rune(unit)
}

// fromBase64 decodes base64 with padding, and refuses what would not be encoded back to the same text.
func fromBase64(text string, class FailureClass) ([]byte, error) {
	decoded, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || base64.StdEncoding.EncodeToString(decoded) != text {
		return nil, refuse(class, "expected canonical base64 with padding")
	}
	return decoded, nil
}
