package isthmus

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	retrievalv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/retrieval/v1"
)

// selfSigned gives a certificate that is its own authority, for the loopback address, and its key.
func selfSigned(t *testing.T) (certificate, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: encoded})
}

// secureServer listens on loopback and asks callers for a certificate of its own authority.
func secureServer(t *testing.T, certificate, key []byte) string {
	t.Helper()
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		t.Fatal(err)
	}
	authority := x509.NewCertPool()
	authority.AppendCertsFromPEM(certificate)
	server := grpc.NewServer(grpc.Creds(credentials.NewTLS(&tls.Config{
		Certificates: []tls.Certificate{pair}, ClientCAs: authority, ClientAuth: tls.RequireAndVerifyClientCert,
	})))
	retrievalv1.RegisterRetrievalServiceServer(server, &answering{
		retrieve: func(context.Context) (*retrievalv1.RetrieveResponse, error) {
			return &retrievalv1.RetrieveResponse{}, nil
		},
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	return listener.Addr().String()
}

func TestCallsOverMutualTLS(t *testing.T) {
	certificate, key := selfSigned(t)
	other, otherKey := selfSigned(t)
	one, two := secureServer(t, certificate, key), secureServer(t, certificate, key)
	full := TLS{CA: certificate, Certificate: certificate, Key: key}
	for name, attempt := range map[string]struct {
		address string
		tls     TLS
		holds   bool
	}{
		"one address":       {one, full, true},
		"two addresses":     {one + "," + two, full, true},
		"no certificate":    {one, TLS{CA: certificate}, false},
		"another authority": {one, TLS{CA: other, Certificate: certificate, Key: key}, false},
		"another caller":    {one, TLS{CA: certificate, Certificate: other, Key: otherKey}, false},
	} {
		t.Run(name, func(t *testing.T) {
			client, err := Dial(WithRetrieval(attempt.address), WithTLS(attempt.tls))
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close()
			_, err = client.Retrieval.Retrieve(context.Background(), &retrievalv1.RetrieveRequest{})
			if (err == nil) != attempt.holds {
				t.Error(err)
			}
		})
	}
}
