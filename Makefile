# Everything a fresh machine needs: make serve · make test. The rest is for those who work on it.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Build products stay outside the tree, so that a second clone finds them.
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/minyi/target
export PATH := $(CURDIR)/end2end/node_modules/.bin:$(HOME)/.cargo/bin:$(PATH)
MINYI := $(CARGO_TARGET_DIR)/release/minyi
export MINYI_SITE := $(CURDIR)/target/site
export MINYI_BIN := $(MINYI)

.PHONY: help tools browser build serve dev test lint unit journeys budget pictures bench queries openapi vectors fmt

help: ## What can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

tools: ## Install what is missing: wasm target, cargo-leptos, wasm-bindgen, npm packages, a browser for the tests
	@.ci/tools

browser: ## The tools, and a browser for the journeys
	@.ci/tools browser

build: tools ## The release: one binary and the site folder
	cargo build --locked --release -p server --bin minyi & site=0; \
	  cargo leptos build --release --split --frontend-only || site=$$?; wait $$!; exit $$site
	cp $(CARGO_TARGET_DIR)/release/hash.txt $(MINYI_SITE)/hash.txt
	node app/wasm/bundle.mjs $(MINYI_SITE)

serve: build ## Build, fill a demonstration community under data/ if there is none, and serve it
	$(MINYI) demo --if-empty
	$(MINYI) serve

dev: tools ## Rebuild and reload on every change
	cargo leptos watch --split

test: browser lint unit build journeys ## Everything that must hold

lint: ## Formatting, clippy, documentation: warnings are errors
	cargo fmt --all --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked -p app --features ssr --tests -- -D warnings
	cargo clippy --locked -p app-wasm --target wasm32-unknown-unknown -- -D warnings
	cargo clippy --locked -p ballot-wasm-check -p wire --tests --target wasm32-unknown-unknown -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items -p app --features ssr

unit: ## Unit, property, conformance and HTTP tests
	cargo test --locked --no-fail-fast
	cargo test --locked -p app --features ssr
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
	  cargo test --locked -p ballot-wasm-check -p wire --target wasm32-unknown-unknown

journeys: ## The portal in a real browser; wants `make build`
	cd end2end && npm test && npm run budget

budget: ## What a first visit and a first vote cost over the wire; wants `make build`
	cd end2end && npm run budget

pictures: ## Take the pictures of README.md anew; wants `make build`
	cd end2end && npm run pictures

bench: build ## The figures of docs/PERFORMANCE.md
	cargo run --locked --release -p server --example bench

queries: ## Check every query on both engines and renew the committed results
	server/tools/queries.sh

openapi: ## Renew docs/openapi.json
	cargo run --locked -p server -- openapi > docs/openapi.json

vectors: ## Renew the ballot test vectors
	cargo run --locked -p ballot --example vectors

fmt: ## Format
	cargo fmt --all
