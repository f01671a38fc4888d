package attestation

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var sha256Text = regexp.MustCompile(`^[0-9a-f]{64}$`)

// fields reads a JSON object member by member. The first member that is not as expected is kept in the shared err, with
// one failure class; what is read after it means nothing.
type fields struct {
	members map[string]any
	path    string
	class   FailureClass
	err     *error
}

func readFields(value any, class FailureClass, path string) fields {
	return fieldsOf(value, class, path, new(error))
}

func fieldsOf(value any, class FailureClass, path string, err *error) fields {
	members, isObject := value.(map[string]any)
	if !isObject && *err == nil {
		*err = refuse(class, "%s: expected an object", path)
	}
	return fields{members, path, class, err}
}

func (f fields) failed() error { return *f.err }

func (f fields) fail(name, problem string) {
	if *f.err == nil {
		*f.err = refuse(f.class, "%s.%s: %s", f.path, name, problem)
	}
}

// only refuses members of other names.
func (f fields) only(names ...string) fields {
	for name := range f.members {
		if !slices.Contains(names, name) {
			f.fail(name, "is unknown")
		}
	}
	return f
}

func (f fields) has(name string) bool {
	_, has := f.members[name]
	return has
}

func (f fields) object(name string) fields {
	return fieldsOf(f.members[name], f.class, f.path+"."+name, f.err)
}

func (f fields) array(name string) []any {
	values, isArray := f.members[name].([]any)
	if !isArray {
		f.fail(name, "expected an array")
	}
	return values
}

func (f fields) objects(name string) []fields {
	var objects []fields
	for index, value := range f.array(name) {
		objects = append(objects, fieldsOf(value, f.class, f.path+"."+name+"["+strconv.Itoa(index)+"]", f.err))
	}
	return objects
}

// text gives a text that matches the pattern; nil for any.
func (f fields) text(name string, pattern *regexp.Regexp) string {
	value, isText := f.members[name].(string)
	if !isText || (pattern != nil && !pattern.MatchString(value)) {
		f.fail(name, "expected text of another form")
	}
	return value
}

func (f fields) sha256(name string) string { return f.text(name, sha256Text) }

func (f fields) sha256OrNull(name string) {
	if f.has(name) && f.members[name] == nil {
		return
	}
	f.sha256(name)
}

func (f fields) integer(name string, minimum, maximum float64) float64 {
	value, isNumber := f.members[name].(float64)
	if !isNumber || value != float64(int64(value)) || value < minimum || value > maximum {
		f.fail(name, "expected a whole number in its range")
	}
	return value
}

func (f fields) boolean(name string) bool {
	value, isBoolean := f.members[name].(bool)
	if !isBoolean {
		f.fail(name, "expected true or false")
	}
	return value
}

func (f fields) word(name string, words ...string) string {
	value, isText := f.members[name].(string)
	if !isText || !slices.Contains(words, value) {
		f.fail(name, "expected one of "+strings.Join(words, ", "))
	}
	return value
}
