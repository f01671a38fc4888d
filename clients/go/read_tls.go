package isthmus

import "os"

// ReadTLS reads certificates from files of PEM; an empty path leaves its part empty.
func ReadTLS(ca, certificate, key string) (TLS, error) {
	var read TLS
	for path, part := range map[*string]*[]byte{&ca: &read.CA, &certificate: &read.Certificate, &key: &read.Key} {
		if *path == "" {
			continue
		}
		content, err := os.ReadFile(*path)
		if err != nil {
			return TLS{}, err
		}
		*part = content
	}
	return read, nil
}
