// grpc-js reads this once, when it is loaded: names are then asked of the DNS server that a target names, and not of the operating
// system, whose server a test cannot choose. What becomes of the answers is the same.
process.env.GRPC_NODE_USE_ALTERNATIVE_RESOLVER = 'true';
await import('./round-robin-suite.js');
