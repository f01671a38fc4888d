package isthmus

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
)

// Option is a setting of [Dial].
type Option func(*settings)

type settings struct {
	retrieval, representation, attestation, admin string
	timeout                                       time.Duration
	tls                                           *TLS
	insecure                                      bool
	more                                          []grpc.DialOption
}

// WithRetrieval gives the address of the retrieval program.
func WithRetrieval(address string) Option { return func(s *settings) { s.retrieval = address } }

// WithRepresentation gives the address of the representation program.
func WithRepresentation(address string) Option {
	return func(s *settings) { s.representation = address }
}

// WithAttestation gives the address of the attestation program.
func WithAttestation(address string) Option { return func(s *settings) { s.attestation = address } }

// WithAdmin gives the address of the admin port of the program whose models are meant.
func WithAdmin(address string) Option { return func(s *settings) { s.admin = address } }

// WithTimeout sets the deadline of a call whose context has none, instead of [DefaultTimeout].
func WithTimeout(timeout time.Duration) Option { return func(s *settings) { s.timeout = timeout } }

// WithTLS encrypts the connections.
func WithTLS(certificates TLS) Option { return func(s *settings) { s.tls = &certificates } }

// WithInsecure sends everything in plaintext: for loopback and networks that you trust.
func WithInsecure() Option { return func(s *settings) { s.insecure = true } }

// WithDialOptions adds options of grpc, for example interceptors or a dialer. They take precedence.
func WithDialOptions(options ...grpc.DialOption) Option {
	return func(s *settings) { s.more = append(s.more, options...) }
}

// TLS holds the certificates of encrypted connections, as PEM; [ReadTLS] takes them from files.
type TLS struct {
	// CA may have signed the servers' certificates; the machine's authorities where empty.
	CA []byte
	// Certificate is the caller's own chain, where servers ask for one (mTLS).
	Certificate []byte
	// Key is the private key of Certificate.
	Key []byte
	// ServerName is what the servers' certificates carry, where it is not the host of the address.
	ServerName string
}

func (s settings) credentials() (credentials.TransportCredentials, error) {
	if (s.tls == nil) == !s.insecure {
		return nil, errors.New("isthmus: give either WithTLS(…), or WithInsecure() for networks that you trust")
	}
	if s.timeout <= 0 {
		return nil, errors.New("isthmus: the timeout has to be positive")
	}
	if s.tls == nil {
		return insecure.NewCredentials(), nil
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: s.tls.ServerName}
	if len(s.tls.CA) > 0 {
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(s.tls.CA) {
			return nil, errors.New("isthmus: TLS.CA holds no certificate in PEM")
		}
	}
	if (len(s.tls.Certificate) == 0) != (len(s.tls.Key) == 0) {
		return nil, errors.New("isthmus: give TLS.Certificate and TLS.Key together: one proves the other")
	}
	if len(s.tls.Certificate) > 0 {
		pair, err := tls.X509KeyPair(s.tls.Certificate, s.tls.Key)
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return credentials.NewTLS(config), nil
}
