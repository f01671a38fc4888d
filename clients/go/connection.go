package isthmus

import (
	"net"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/resolver"
)

const (
	// DefaultTimeout is the deadline of a call whose context has none.
	DefaultTimeout = 2 * time.Second
	// MaxAnswerBytes is the largest message a client accepts: a batch of 256 answers of 1,000 hits stays below it.
	MaxAnswerBytes = 32 << 20

	// keepaliveTime between pings of an active connection is longer than any grace of a server.
	keepaliveTime    = 60 * time.Second
	keepaliveTimeout = 10 * time.Second

	// maxReconnectDelay before a lost address is tried again: gRPC would go up to two minutes, for which a replica that was
	// restarted would get no call.
	maxReconnectDelay = 5 * time.Second
)

func dialOptions(transport credentials.TransportCredentials, given settings) []grpc.DialOption {
	return append([]grpc.DialOption{
		grpc.WithTransportCredentials(transport),
		grpc.WithDefaultServiceConfig(serviceConfig()),
		grpc.WithConnectParams(grpc.ConnectParams{
			Backoff: backoff.Config{
				BaseDelay: 100 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2, MaxDelay: maxReconnectDelay,
			},
			MinConnectTimeout: maxReconnectDelay,
		}),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: keepaliveTime, Timeout: keepaliveTimeout}),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(MaxAnswerBytes)),
		grpc.WithUnaryInterceptor(callWith(given.timeout)),
		grpc.WithStreamInterceptor(streamWith(given.timeout)),
	}, given.more...)
}

// targetOf gives what grpc dials, and a resolver for several addresses with commas.
func targetOf(address string) (string, []grpc.DialOption) {
	if !strings.Contains(address, ",") {
		return address, nil
	}
	return severalScheme + ":///" + address, []grpc.DialOption{grpc.WithResolvers(several{})}
}

const severalScheme = "isthmus"

// several resolves `host:port,host:port` to its parts.
type several struct{}

func (several) Scheme() string { return severalScheme }

func (several) Build(
	target resolver.Target, connection resolver.ClientConn, _ resolver.BuildOptions,
) (resolver.Resolver, error) {
	var state resolver.State
	for address := range strings.SplitSeq(target.Endpoint(), ",") {
		address = strings.TrimSpace(address)
		if _, _, err := net.SplitHostPort(address); err != nil {
			return nil, err
		}
		// Each address has its own name for TLS.
		state.Addresses = append(state.Addresses, resolver.Address{Addr: address, ServerName: address})
	}
	return static{}, connection.UpdateState(state)
}

// static is a resolution that does not change.
type static struct{}

func (static) ResolveNow(resolver.ResolveNowOptions) {}
func (static) Close()                                {}
