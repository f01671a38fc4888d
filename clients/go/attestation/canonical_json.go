package attestation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// canonicalJSON writes a value as strictJSON gives it in its one canonical form (RFC 8785).
func canonicalJSON(value any) string {
	var text strings.Builder
	writeCanonical(&text, value)
	return text.String()
}

func writeCanonical(text *strings.Builder, value any) {
	switch value := value.(type) {
	case nil:
		text.WriteString("null")
	case bool:
		text.WriteString(strconv.FormatBool(value))
	case float64:
		text.WriteString(numberText(value))
	case string:
		writeText(text, value)
	case []any:
		text.WriteByte('[')
		for index, one := range value {
			if index > 0 {
				text.WriteByte(',')
			}
			writeCanonical(text, one)
		}
		text.WriteByte(']')
	case map[string]any:
		text.WriteByte('{')
		for index, name := range namesInOrder(value) {
			if index > 0 {
				text.WriteByte(',')
			}
			writeText(text, name)
			text.WriteByte(':')
			writeCanonical(text, value[name])
		}
		text.WriteByte('}')
	default:
		panic(fmt.Sprintf("attestation: %T is no JSON", value))
	}
}

// namesInOrder gives the names ascending by UTF-16 code units, which differs from the order of UTF-8.
func namesInOrder(members map[string]any) []string {
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
	})
	return names
}

func writeText(text *strings.Builder, value string) {
	text.WriteByte('"')
	for _, char := range value {
		switch char {
		case '"', '\\':
			text.WriteByte('\\')
			text.WriteRune(char)
		case '\b':
			text.WriteString(`\b`)
		case '\t':
			text.WriteString(`\t`)
		case '\n':
			text.WriteString(`\n`)
		case '\f':
			text.WriteString(`\f`)
		case '\r':
			text.WriteString(`\r`)
		default:
			if char < 0x20 {
				fmt.Fprintf(text, `\u%04x`, char)
			} else {
				text.WriteRune(char)
			}
		}
	}
	text.WriteByte('"')
}

// numberText prints a number as ECMAScript does (Number::toString, ECMA-262): the shortest digits, exponents beyond 1e21
// and below 1e-6 without leading zeros.
func numberText(value float64) string {
	if value == 0 {
		return "0"
	}
	magnitude := value
	if magnitude < 0 {
		magnitude = -magnitude
	}
	if magnitude >= 1e-6 && magnitude < 1e21 {
		return strconv.FormatFloat(value, 'f', -1, 64)
	}
	text := strconv.FormatFloat(value, 'e', -1, 64)
	mantissa, exponent, _ := strings.Cut(text, "e")
	return mantissa + "e" + exponent[:1] + strings.TrimLeft(exponent[1:], "0")
}
