package isthmus

import (
	"encoding/json"

	"google.golang.org/grpc"

	attestationv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/attestation/v1"
	modelv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/model/v1"
	representationv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/representation/v1"
	retrievalv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/retrieval/v1"
)

// maxAttempts of one call in all.
const maxAttempts = 4

var services = []grpc.ServiceDesc{
	representationv1.RepresentationService_ServiceDesc,
	retrievalv1.RetrievalService_ServiceDesc,
	retrievalv1.CatalogueService_ServiceDesc,
	attestationv1.ProofService_ServiceDesc,
	attestationv1.AttestationService_ServiceDesc,
	attestationv1.TransparencyLogService_ServiceDesc,
	modelv1.ModelService_ServiceDesc,
}

// serviceConfig spreads calls over all addresses, and retries UNAVAILABLE where repeating is harmless (gRFC A6).
func serviceConfig() string {
	type object = map[string]any
	config, err := json.Marshal(object{
		"loadBalancingConfig": []object{{"round_robin": object{}}},
		"methodConfig": []object{{
			"name": safeToRepeat(),
			"retryPolicy": object{
				"maxAttempts":          maxAttempts,
				"initialBackoff":       "0.05s",
				"maxBackoff":           "1s",
				"backoffMultiplier":    2,
				"retryableStatusCodes": []string{"UNAVAILABLE"},
			},
		}},
	})
	if err != nil {
		panic(err) // it holds strings and numbers
	}
	return string(config)
}

// safeToRepeat names every unary method: it reads, or carries a request id that makes a second call harmless. Streams, which
// a description keeps apart, are not repeated: what a caller has sent or read of one cannot be taken back.
func safeToRepeat() (names []map[string]string) {
	for _, service := range services {
		for _, method := range service.Methods {
			names = append(names, map[string]string{"service": service.ServiceName, "method": method.MethodName})
		}
	}
	return names
}
