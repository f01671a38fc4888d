// Package isthmus calls the Isthmus mesh: generated stubs with what a caller would otherwise forget, which is a deadline on
// each call, retries where repeating is harmless, typed errors, and vectors as slices.
package isthmus

import (
	"context"
	"errors"
	"fmt"

	"google.golang.org/grpc"

	attestationv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/attestation/v1"
	modelv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/model/v1"
	representationv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/representation/v1"
	retrievalv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/retrieval/v1"
)

// Client is the mesh. Goroutines may share it. A call on a service whose address was not given fails and says so. Every
// call that fails gives an [*Error].
type Client struct {
	// Retrieval gives candidates and interests.
	Retrieval retrievalv1.RetrievalServiceClient
	// Catalogue writes and reads the items that retrieval searches.
	Catalogue retrievalv1.CatalogueServiceClient
	// Representation gives cross-domain representations and causal scores.
	Representation representationv1.RepresentationServiceClient
	// Attestation gives attestations and what they say.
	Attestation attestationv1.AttestationServiceClient
	// Proofs are training runs: their verdicts, and the calls by which a prover commits to one.
	Proofs attestationv1.ProofServiceClient
	// Log is the transparency log.
	Log attestationv1.TransparencyLogServiceClient
	// Models are the model versions and labels of the program behind [WithAdmin].
	Models modelv1.ModelServiceClient

	connections map[string]*grpc.ClientConn
}

// Dial makes a client. Connections open on their first use and stay open until [Client.Close]. Addresses are `host:port`, a
// resolver's URI such as `dns:///retrieval:7402`, or several `host:port` joined by commas. One of [WithTLS] and
// [WithInsecure] has to be given.
func Dial(options ...Option) (*Client, error) {
	settings := settings{timeout: DefaultTimeout}
	for _, option := range options {
		option(&settings)
	}
	credentials, err := settings.credentials()
	if err != nil {
		return nil, err
	}
	client := &Client{connections: map[string]*grpc.ClientConn{}}
	at := func(address, option string) grpc.ClientConnInterface {
		if address == "" {
			return noAddress{option}
		}
		connection, open := client.connections[address]
		if !open {
			var failure error
			target, resolvers := targetOf(address)
			connection, failure = grpc.NewClient(target, append(resolvers, dialOptions(credentials, settings)...)...)
			if failure != nil {
				err = errors.Join(err, fmt.Errorf("isthmus: %s: %w", address, failure))
				return noAddress{option}
			}
			client.connections[address] = connection
		}
		return connection
	}
	retrieval, attestation := at(settings.retrieval, "WithRetrieval"), at(settings.attestation, "WithAttestation")
	client.Retrieval = retrievalv1.NewRetrievalServiceClient(retrieval)
	client.Catalogue = retrievalv1.NewCatalogueServiceClient(retrieval)
	client.Representation = representationv1.NewRepresentationServiceClient(
		at(settings.representation, "WithRepresentation"))
	client.Attestation = attestationv1.NewAttestationServiceClient(attestation)
	client.Proofs = attestationv1.NewProofServiceClient(attestation)
	client.Log = attestationv1.NewTransparencyLogServiceClient(attestation)
	client.Models = modelv1.NewModelServiceClient(at(settings.admin, "WithAdmin"))
	if err != nil {
		return nil, errors.Join(err, client.Close())
	}
	return client, nil
}

// Close closes every connection. Calls that are under way fail.
func (c *Client) Close() error {
	var errs []error
	for address, connection := range c.connections {
		errs = append(errs, connection.Close())
		delete(c.connections, address)
	}
	return errors.Join(errs...)
}

// noAddress stands for a connection to a program whose address is not known.
type noAddress struct{ option string }

func (n noAddress) Invoke(context.Context, string, any, any, ...grpc.CallOption) error {
	return n.problem()
}

func (n noAddress) NewStream(
	context.Context, *grpc.StreamDesc, string, ...grpc.CallOption,
) (grpc.ClientStream, error) {
	return nil, n.problem()
}

func (n noAddress) problem() error {
	return &Error{Code: codeOfNoAddress, Message: "no address: give isthmus." + n.option + " to Dial"}
}
