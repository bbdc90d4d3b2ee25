# What a developer runs. `make` alone lists it.
# Nothing but a Rust toolchain is needed to run the service; the tests want PostgreSQL besides, and a
# change of the contract wants the generator (`make tools`).

.DEFAULT_GOAL := help
.PHONY: help run test dev generate golden probes tools verify fmt lint docs-assets clean corpus check-fmt check-generated postgresql coverage sdk sdk-test new-test bench bench-smoke diff-corpus check-contract contract-check review release-contract reference upgrade-test

# The crate `contract` is written by the generator: neither linted nor formatted here. What is copied
# into it as it stands, and its build script, belong to no crate that rustfmt would find.
OURS := -p concordat -p concordat-boundary -p codegen -p bench
LOOSE := $(wildcard build.rs) $(shell find codegen/templates -name '*.rs')

# What may stand in a test or a build script, whose body codegen is, but not in the service.
STRICT := unwrap_used expect_used indexing_slicing allow_attributes \
	cast_lossless cast_possible_truncation cast_possible_wrap cast_sign_loss

# Lines that tests must run, in percent.
COVERAGE := 80

WATCHED := Cargo.toml build.rs openapi.yaml boundary codegen migrations src

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Start the service on SQLite with a demo partner, at 127.0.0.1:8000
	cargo run -- serve --demo

# Not nextest: each of its processes would start a PostgreSQL of its own, a test binary starts one.
test: postgresql ## Run every test, on SQLite and on PostgreSQL
	cargo test --workspace

# Looks for changes once a second, so that it needs nothing but cargo. A build that fails leaves the
# running server alone. `cargo run` becomes the server, so its process id is the server's.
dev: ## Build and start again on every change; Ctrl-C ends it
	@mkdir -p target; server=; built=; \
	stop() { [ -z "$$server" ] || { kill "$$server" 2>/dev/null; wait "$$server"; }; server=; }; \
	changed() { [ -z "$$built" ] || [ -n "$$(find $(WATCHED) -newer target/.dev 2>/dev/null)" ]; }; \
	trap 'stop; exit 0' INT TERM HUP; \
	while sleep 1; do \
		if changed; then \
			touch target/.dev; built=yes; \
			if cargo build; then stop; cargo run --quiet -- serve --demo & server=$$!; fi; \
		fi; \
	done

golden: ## Write the golden files of the pipeline's probes anew
	BLESS=1 cargo test -p codegen --test probes -- --ignored

probes: tools ## Check that small documents become what they became, compile and behave
	cargo test -p codegen --test probes -- --ignored

generate: ## Write generated/ anew from openapi.yaml
	cargo run -p codegen -- generate

tools: .tools/bin/openapi-generator-cli ## Install the generator and its Java into .tools/

.tools/bin/openapi-generator-cli: codegen/requirements.txt
	@python3 -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "python3 with venv is missing: apt-get install -y python3-venv" >&2; exit 1; }
	python3 -m venv --clear .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check -r codegen/requirements.txt
	@touch $@

verify: check-fmt check-generated check-contract lint test probes ## Check format, generated/, the contract, clippy and all tests

fmt: ## Format the code
	cargo fmt $(OURS)
	$(if $(LOOSE),rustfmt --edition 2024 $(LOOSE))

lint: ## Run clippy, warnings denied
	cargo clippy $(OURS) --no-deps --all-targets -- -D warnings
	cargo clippy -p concordat -p concordat-boundary --no-deps --lib --bins -- -D warnings $(addprefix -D clippy::,$(STRICT))

# Without the crate `contract`, which is generated, and codegen, which runs at build time only.
coverage: postgresql ## Measure the lines that tests run; the pages are in target/llvm-cov/html
	@cargo llvm-cov --version >/dev/null 2>&1 || \
		{ echo "cargo-llvm-cov is missing: cargo install cargo-llvm-cov && rustup component add llvm-tools" >&2; exit 1; }
	cargo llvm-cov --package concordat --html --ignore-filename-regex '/(generated|codegen)/' -- --quiet
	cargo llvm-cov report --ignore-filename-regex '/(generated|codegen)/' --fail-under-lines $(COVERAGE) --summary-only

corpus: ## Take every OpenAPI document in CORPUS=DIR through the pipeline
	@[ -n "$(CORPUS)" ] || { echo "say CORPUS=DIR" >&2; exit 2; }
	cargo run -p codegen -- corpus $(CORPUS) $(if $(CORPUS_JSON),--json $(CORPUS_JSON))

sdk: tools ## Write client libraries from openapi.yaml into target/sdk/ (SDK="python rust": those alone)
	cargo run -p codegen -- sdk openapi.yaml target/sdk $(if $(SDK_REPOSITORY),--repository $(SDK_REPOSITORY)) $(SDK)

sdk-test: sdk ## Install the client libraries and run each against a live service
	cargo build
	python3 tests/sdk/run.py target/debug/concordat target/sdk $(SDK)

contract-check: target/schemathesis/bin/schemathesis postgresql ## Prove the service by its contract, on both databases (CASES=20, SEED=any)
	cargo build
	python3 tests/proof/run.py target/debug/concordat target/schemathesis/bin/schemathesis \
		$(or $(CASES),20) $(or $(SEED),$(shell python3 -c 'import random; print(random.randrange(1000000))'))

target/schemathesis/bin/schemathesis: tests/proof/requirements.txt
	@python3 -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "python3 with venv is missing: apt-get install -y python3-venv" >&2; exit 1; }
	python3 -m venv --clear target/schemathesis
	target/schemathesis/bin/python -m pip install --quiet --disable-pip-version-check -r tests/proof/requirements.txt
	@touch $@

bench: ## Measure the service beside a twin written by hand (needs wrk)
	cargo build --release -p concordat -p bench
	target/release/bench $(if $(BENCH_JSON),--json $(BENCH_JSON)) $(BENCH_FLAGS)
	cargo bench -p bench --features stubs

bench-smoke: ## Measure the same in seconds, roughly
	cargo build --release -p concordat -p bench
	target/release/bench --rounds 1 --seconds 1 $(if $(BENCH_JSON),--json $(BENCH_JSON))

diff-corpus: ## Judge `contract diff` by single edits of every document in CORPUS=DIR (EDITS=30 each, SEED=1)
	@[ -n "$(CORPUS)" ] || { echo "say CORPUS=DIR" >&2; exit 2; }
	CORPUS=$(abspath $(CORPUS)) EDITS=$(or $(EDITS),30) SEED=$(or $(SEED),1) \
		cargo test --test diff -- --ignored --nocapture --exact corpus::single_edits_of_a_corpus_are_judged_right

new-test: tools ## Make a project with `contract new`, build, test and serve it (NEW_DOCUMENTS="a.yaml b.json": for each)
	NEW_DOCUMENTS="$(NEW_DOCUMENTS)" cargo test --test commands -- --ignored --nocapture new::

# The release before is the commit that put the newest contract into contracts/. It is built apart: in one
# folder cargo takes what it built of our crates for theirs, which have the same names. Its files count as
# new, so that those of another release are not taken for built.
upgrade-test: BASE ?= $(shell git log -1 --diff-filter=A --format=%H -- 'contracts/*.yaml')
upgrade-test: postgresql tools ## Migrate a database under load, with the program of BASE=the last release beside this one
	@git cat-file -e '$(BASE)^{commit}' 2>/dev/null || \
		{ echo "no commit '$(BASE)': say BASE=, or fetch the history (git fetch --unshallow)" >&2; exit 1; }
	rm -rf target/upgrade/source && mkdir -p target/upgrade/source
	git archive '$(BASE)' | tar -xm -C target/upgrade/source
	ln -s '$(CURDIR)/.tools' target/upgrade/source/.tools
	cargo build --manifest-path target/upgrade/source/Cargo.toml --target-dir target/upgrade/target -p concordat
	UPGRADE_FROM=$(CURDIR)/target/upgrade/target/debug/concordat cargo test --test commands -- --ignored upgrade::

review: ## Write a page about what changed in openapi.yaml since BASE=main, into target/review/
	cargo run --quiet -- contract review $(or $(BASE),main) openapi.yaml --acknowledged contracts/acknowledged.txt \
		--out target/review $(if $(SEEN),--coverage $(SEEN)) || [ $$? -eq 1 ]

reference: ## Write the reference of openapi.yaml as a site of files into target/reference/
	cargo run --quiet -- contract docs openapi.yaml --out target/reference

release-contract: ## Keep openapi.yaml in contracts/ as the next version that partners rely on
	cargo run --quiet -- contract release openapi.yaml

docs-assets: ## Renew the files of /docs and /redoc from npm (needs node)
	src/docs/vendor.sh

clean: ## Remove all that was built, the tools too
	cargo clean
	rm -rf .tools

# What the targets above stand on.

check-fmt:
	cargo fmt $(OURS) -- --check
	$(if $(LOOSE),rustfmt --edition 2024 --check $(LOOSE))

check-generated:
	@if [ ! -x .tools/bin/openapi-generator-cli ] && ! command -v openapi-generator-cli >/dev/null; then \
		echo "generated/ is not checked: the generator is missing (make tools)"; exit 0; fi; \
	print() { find generated -type f -exec cksum {} + | sort -k 3; }; \
	before=$$(print); $(MAKE) --no-print-directory generate || exit 1; \
	if [ "$$before" != "$$(print)" ]; then \
		git --no-pager diff --stat -- generated; \
		echo "generated/ was not what openapi.yaml gives; it is now: commit it" >&2; exit 1; fi

# Our own contract keeps the rules of `concordat contract lint`, and what its last release promised.
check-contract:
	cargo run --quiet -- contract lint openapi.yaml
	cargo run --quiet -- contract release openapi.yaml --check

# The tests start a cluster of their own from these programs, or use TEST_DATABASE_URL.
postgresql:
	@[ -n "$$TEST_DATABASE_URL" ] || command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || \
		{ echo "PostgreSQL is missing: apt-get install -y postgresql (or set TEST_DATABASE_URL)" >&2; exit 1; }
