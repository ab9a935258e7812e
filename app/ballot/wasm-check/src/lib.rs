//! Nothing but a test: `make unit` runs it as WebAssembly, under Node.
