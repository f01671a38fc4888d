package attestation

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const (
	maxFiles     = 1000
	maxListBytes = 1 << 20
)

var fileName = regexp.MustCompile(`^[a-z0-9._/-]{1,255}$`)

// ModelFile is a file of a model.
type ModelFile struct {
	// Name inside the model, with `/` between folders.
	Name string
	// SHA256 in lower-case hexadecimal.
	SHA256    string
	SizeBytes int64
}

// ModelFiles hashes every file below a folder, ascending by name.
func ModelFiles(directory string) ([]ModelFile, error) {
	root, err := filepath.EvalSymlinks(directory)
	if err != nil {
		return nil, err
	}
	var files []ModelFile
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		file, err := hashFile(path, filepath.ToSlash(name))
		files = append(files, file)
		return err
	})
	sortByName(files)
	return files, err
}

// ModelDigest gives the SHA-256 of the file list, which fixes every file, their names, and that there are no others. It
// refuses with [FileListInvalid] no files, two of one name, or a name, hash or size that is not allowed.
func ModelDigest(files []ModelFile) (string, error) {
	if len(files) < 1 || len(files) > maxFiles {
		return "", refuse(FileListInvalid, "expected 1 to %d files", maxFiles)
	}
	files = slices.Clone(files)
	sortByName(files)
	list := make([]any, len(files))
	for index, file := range files {
		if index > 0 && files[index-1].Name == file.Name {
			return "", refuse(FileListInvalid, "two files have one name")
		}
		if !fileName.MatchString(file.Name) || slices.ContainsFunc(strings.Split(file.Name, "/"), isNoStep) {
			return "", refuse(FileListInvalid, "%q is no name of a file of a model", file.Name)
		}
		if !sha256Text.MatchString(file.SHA256) || file.SizeBytes < 0 || file.SizeBytes > maxSafe {
			return "", refuse(FileListInvalid, "hash or size of %q is none", file.Name)
		}
		list[index] = map[string]any{"name": file.Name, "sha256": file.SHA256, "size": float64(file.SizeBytes)}
	}
	text := canonicalJSON(map[string]any{"files": list})
	if len(text) > maxListBytes {
		return "", refuse(FileListInvalid, "more than %d bytes", maxListBytes)
	}
	digest := sha256.Sum256([]byte(text))
	return hex.EncodeToString(digest[:]), nil
}

func isNoStep(part string) bool { return part == "" || part == "." || part == ".." }

func sortByName(files []ModelFile) {
	slices.SortFunc(files, func(a, b ModelFile) int { return cmp.Compare(a.Name, b.Name) })
}

func hashFile(path, name string) (ModelFile, error) {
	content, err := os.Open(path)
	if err != nil {
		return ModelFile{}, err
	}
	defer content.Close()
	hash := sha256.New()
	size, err := io.Copy(hash, content)
	return ModelFile{Name: name, SHA256: hex.EncodeToString(hash.Sum(nil)), SizeBytes: size}, err
}
