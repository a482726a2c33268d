# Each target installs what it lacks, builds and runs, without a question.

.PHONY: run build image test lint bounds contract limits commandline spark soak floods browser deploy-test documents \
    sanitize threads libraries trixie-sanitize race accuracy fuzz bench deps

SWIFT_RELEASE = swift build -c release --static-swift-stdlib
# A package of its own; into one folder with the product, SwiftPM would take the plan of one for that of the other.
BENCHMARKS = --package-path Benchmarks --scratch-path .build/benchmarks
SUDO = $(if $(filter 0,$(shell id -u)),,sudo)
# Packages of the system, or of Python for the tests of a folder; one target at a time, where several run at once.
INSTALL = $(SUDO) flock Makefile sh -c \
    'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1)'
PIP = flock .build/venv .build/venv/bin/pip install --quiet --disable-pip-version-check
C_FLAGS = -std=gnu2x -Wall -Wextra -Wconversion -Werror $(shell pkg-config --cflags libmicrohttpd gnutls)

# Builds the service and runs it; ARGS="--port 9000" passes flags on.
run: build
	$(SERVICE) $(ARGS)

# The service as it ships, which is what all tests of the process run.
SERVICE = .build/release/smtp-codes
build: deps
	$(SWIFT_RELEASE) --product smtp-codes

# The container's image, where there is docker or podman.
image:
	$(or $(shell command -v docker || command -v podman),$(error neither docker nor podman is there)) \
	    build -t smtp-codes:$(shell sed -n 's/.*static let version = "\(.*\)"/\1/p' Sources/SMTPCodesAPI/Service.swift) .

# What follows bounds, whose limits are of time, runs two at a time, as most of it waits; each part to its end, whatever
# another finds.
test: deps lint build
	swift test
	$(MAKE) bounds BOUNDS_SEED=1 BOUNDS_SECONDS=30
	$(MAKE) -j2 -k --output-sync=target libraries contract limits commandline documents browser deploy-test
	$(ACCURACY) --quiet --at-least 95 $(CORPUS) --at-least 94.8 $(firstword $(CORPUS_KEPT)) \
	    --at-least 90 $(lastword $(CORPUS_KEPT))

# Replies that the phrases were written with, and those that nobody has read while writing them.
CORPUS = Tests/Corpus/replies.jsonl Tests/Corpus/replies-more.jsonl Tests/Corpus/bounces
CORPUS_KEPT = Tests/Corpus/replies-kept.jsonl Tests/Corpus/bounces-kept
ACCURACY = python3 -B Tests/Accuracy/accuracy.py $(SERVICE)

# Layout and warnings.
lint: deps
	swift format lint --strict --recursive --parallel Sources Tests Benchmarks Package.swift
	@if command -v clang-format >/dev/null; then \
	    clang-format --dry-run --Werror Sources/C*/*.[ch] Sources/C*/include/*.h Tests/CHTTPServerTests/*.[ch] \
	        Benchmarks/*.c Benchmarks/Bare/*.c Benchmarks/Bare/include/*.h; fi
	for module in CHTTPServer CEmbedded CPhrases CTLS; do \
	    clang $(C_FLAGS) -ISources/$$module/include -fsyntax-only Sources/$$module/*.c || exit 1; done

# Hostile inputs, made from a seed for BOUNDS_SECONDS: what an answer costs, in time, bytes and memory. Without
# BOUNDS_SEED it is another one each time; make test always takes the same.
BOUNDS_SECONDS = 60
BOUNDS_SEED =
bounds: deps
	$(SWIFT_RELEASE) --product bounds
	.build/release/bounds --seconds $(BOUNDS_SECONDS) $(if $(BOUNDS_SEED),--seed $(BOUNDS_SEED))

# openapi.yaml against the running service: every example in it is asked for again, clients are generated and used, and
# requests are made from it.
contract: build .build/venv
	@$(PIP) -r Tests/Contract/requirements.txt
	.build/venv/bin/python Tests/Contract/contract.py $(SERVICE)
	.build/venv/bin/python -B Tests/Contract/clients.py $(SERVICE)
	.build/venv/bin/python Tests/Contract/generated.py $(SERVICE)

# Timeouts, descriptors, TLS, the log and signals, as an operator sees them; a script of Tests/Service each.
limits: build
	@command -v openssl >/dev/null || $(call INSTALL,openssl)
	for script in limits tls logs signals; do python3 -B Tests/Service/$$script.py $(SERVICE) || exit 1; done

# `smtp-codes explain` and `show` with files good and bad, pipes and signals.
commandline: build
	python3 -B Tests/CommandLine/commandline.py $(SERVICE)

# deploy/spark.py in Spark's local mode, on SPARK_LINES of a generated log: it counts what the command itself counts.
SPARK_LINES = 1000000
spark: build .build/venv
	@command -v java >/dev/null || $(call INSTALL,default-jre-headless)
	@$(PIP) pyspark
	.build/venv/bin/python -B Tests/Deploy/spark.py $(SERVICE) $(SPARK_LINES)

# Thousands of bad clients at once, for SOAK_SECONDS; a polite one may not notice them, and they may leave nothing.
SOAK_SECONDS = 60
soak: build
	@command -v wrk >/dev/null || $(call INSTALL,wrk)
	python3 -B Tests/Service/soak.py $(SERVICE) $(SOAK_SECONDS)

# Floods of thousands, one kind after the other and all at once, FLOOD_SECONDS each; a polite one may not notice them.
FLOOD_SECONDS = 20
floods: build
	python3 -B Tests/Service/floods.py $(SERVICE) $(FLOOD_SECONDS)

# The lookup page in Chromium; its screenshots stay in .build/screenshots. Playwright from PyPI brings no browser.
browser: build .build/venv
	@command -v chromium >/dev/null && test -d /usr/share/fonts/truetype/dejavu && \
	    test -d /usr/share/fonts/opentype/urw-base35 || $(call INSTALL,chromium fonts-dejavu-core fonts-urw-base35)
	@$(PIP) -r Tests/Browser/requirements.txt
	.build/venv/bin/python Tests/Browser/browser.py $(SERVICE)

# The manifests, /metrics, what Prometheus makes of it, and the service stopped under load, alone and behind HAProxy: no request may be lost.
# A thousand drills: .build/venv/bin/python -B Tests/Deploy/drills.py .build/release/smtp-codes 1000
deploy-test: build .build/venv
	@test -x /usr/sbin/haproxy && command -v promtool >/dev/null || $(call INSTALL,haproxy prometheus)
	@$(PIP) -r Tests/Deploy/requirements.txt
	.build/venv/bin/python -B Tests/Deploy/manifests.py $(SERVICE)
	.build/venv/bin/python -B Tests/Deploy/metrics.py $(SERVICE)
	.build/venv/bin/python -B Tests/Deploy/monitoring.py $(SERVICE)
	.build/venv/bin/python -B Tests/Deploy/balance.py $(SERVICE)
	.build/venv/bin/python -B Tests/Deploy/drills.py $(SERVICE)

# What README.md and CONTRIBUTING.md say, done as they say it.
documents: build
	@command -v jq >/dev/null && command -v curl >/dev/null || $(call INSTALL,jq curl)
	python3 Tests/Documents/documents.py $(SERVICE)

# The C module without Swift, under the address, leak and undefined-behaviour sanitizers, or under the thread sanitizer,
# which in Swift's clang needs libdispatch.
SWIFT_RUNTIME = $(dir $(wildcard $(dir $(realpath $(shell command -v clang)))../lib/swift/linux/libdispatch.so))
SANITIZE_address = -fsanitize=address,undefined -fno-sanitize-recover=all
SANITIZE_thread = -fsanitize=thread \
    $(if $(SWIFT_RUNTIME),-L$(SWIFT_RUNTIME) -Xlinker -rpath -Xlinker $(SWIFT_RUNTIME) -ldispatch -lBlocksRuntime)
sanitize: .build/sanitize/address
	$<
threads: .build/sanitize/thread
	$<

.build/sanitize/%: $(wildcard Sources/CHTTPServer/*.[ch] Sources/CHTTPServer/include/*.h Tests/CHTTPServerTests/*.[ch]) | deps
	mkdir -p .build/sanitize
	clang $(C_FLAGS) -g -O1 -fuse-ld=lld -ISources/CHTTPServer/include Sources/CHTTPServer/*.c Tests/CHTTPServerTests/*.c \
	    $(shell pkg-config --libs libmicrohttpd gnutls) $(SANITIZE_$*) -o $@

# Both, and then the HTTP tests and the former with the libmicrohttpd of Debian 13, unpacked beside. The C tests mostly
# wait for timeouts, so all of them run at once. What is posted to /explain no library sees.
TRIXIE = $(CURDIR)/.build/trixie
TRIXIE_APT = -o Dir::Etc::SourceList=$(TRIXIE)/sources.list -o Dir::Etc::SourceParts=- -o Dir::State::Lists=$(TRIXIE)/lists
WITH_TRIXIE = LD_LIBRARY_PATH=$$(dirname $$(find $(TRIXIE)/root -name libmicrohttpd.so.12))
libraries: $(TRIXIE)/root
	$(MAKE) -j3 --output-sync=target sanitize trixie-sanitize threads
	$(WITH_TRIXIE) swift test --filter HTTPTests --skip explainNeverFails
trixie-sanitize: .build/sanitize/address $(TRIXIE)/root
	$(WITH_TRIXIE) $<

# From where apt takes Debian 12's packages.
$(TRIXIE)/root:
	mkdir -p $(TRIXIE)/lists/partial
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $$(apt-get indextargets --format '$$(REPO_URI)' \
	    'Created-By: Packages' | head -1) trixie main" >$(TRIXIE)/sources.list
	apt-get $(TRIXIE_APT) update -qq && cd $(TRIXIE) && apt-get $(TRIXIE_APT) download -qq libmicrohttpd12t64 || \
	    { echo "No package libmicrohttpd12t64 of Debian 13 can be had from here."; exit 1; }
	dpkg-deb -x $(TRIXIE)/libmicrohttpd12t64_*.deb $@

# The HTTP tests under the thread sanitizer, which takes minutes to build.
race: deps
	TSAN_OPTIONS=halt_on_error=1 swift test --sanitize=thread --scratch-path .build/thread --filter HTTPTests

# How often the explainer agrees with the labelled corpus, and each miss.
accuracy: build
	$(ACCURACY) $(CORPUS)
	$(ACCURACY) --quiet $(CORPUS_KEPT)

# What it costs, beside a bare libmicrohttpd server, nginx and the JSON alone; the table goes to .build/bench.md.
# QUICK=1 takes under a minute, and its figures are rough.
bench: build
	@command -v wrk >/dev/null && test -x /usr/sbin/nginx && command -v pflogsumm >/dev/null || $(call INSTALL,wrk nginx-light pflogsumm)
	$(SWIFT_RELEASE) $(BENCHMARKS) --product explain-cost
	mkdir -p .build/bench
	clang $(C_FLAGS) -O2 -IBenchmarks/Bare/include Benchmarks/Bare/*.c $(shell pkg-config --libs libmicrohttpd gnutls) \
	    -o .build/bench/bare
	clang $(C_FLAGS) -O2 Benchmarks/probe.c -pthread -o .build/bench/probe
	python3 -B Benchmarks/bench.py --service $(SERVICE) --explain-cost .build/benchmarks/release/explain-cost \
	    --work .build/bench --markdown .build/bench.md $(if $(QUICK),--quick)

deps:
	@pkg-config --exists libmicrohttpd zlib 2>/dev/null || $(call INSTALL,libmicrohttpd-dev pkg-config zlib1g-dev)

.build/venv:
	@python3 -c 'import ensurepip' 2>/dev/null || $(call INSTALL,python3-venv)
	@python3 -m venv $@ || { rm -rf $@; exit 1; }

# libFuzzer with the address sanitizer, FUZZ_SECONDS each: on the readers of replies and of bounces, on the API, and on a
# server at a loopback port.
FUZZ_SECONDS = 60
FUZZ_MODULES = StrictJSON SMTPCatalog SMTPExplain SMTPCodesAPI
FUZZ_C = CPhrases CEmbedded CHTTPServer
FUZZ_SANITIZE = -O1 -g -fsanitize=fuzzer-no-link,address
FUZZ_SWIFT = swiftc -O -g -sanitize=fuzzer,address -parse-as-library -wmo -package-name smtp_codes -I .build/fuzz \
    $(patsubst %,-Xcc -fmodule-map-file=.build/fuzz/%.modulemap,$(FUZZ_C)) -I Sources/CZlib -Xlinker -L.build/fuzz
FUZZ = SWIFT_BACKTRACE=enable=no $(1) -max_total_time=$(FUZZ_SECONDS) -timeout=5 -print_final_stats=1 -max_len=$(2) $(3)
fuzz: deps .build/fuzz/reply .build/fuzz/bounce .build/fuzz/api .build/fuzz/http
	python3 Tests/Fuzz/seed.py Tests/Corpus .build/fuzz
	$(call FUZZ,.build/fuzz/reply,4096,.build/fuzz/replies)
	$(call FUZZ,.build/fuzz/bounce,16384,.build/fuzz/bounces)
	$(call FUZZ,.build/fuzz/api,4096,.build/fuzz/requests)
	$(call FUZZ,.build/fuzz/http,4096,.build/fuzz/connections)

.build/fuzz/reply: Tests/Fuzz/FuzzReply.swift
.build/fuzz/bounce: Tests/Fuzz/FuzzBounce.swift
.build/fuzz/api: Tests/Fuzz/FuzzAPI.swift
.build/fuzz/reply .build/fuzz/bounce .build/fuzz/api: $(patsubst %,.build/fuzz/%.o,$(FUZZ_MODULES) $(FUZZ_C))
	$(FUZZ_SWIFT) $^ -lz $(shell pkg-config --libs libmicrohttpd gnutls) -o $@

.build/fuzz/http: Tests/Fuzz/fuzz_http.c Tests/CHTTPServerTests/fixture.c .build/fuzz/CHTTPServer.o
	clang $(C_FLAGS) -g -O1 -fsanitize=fuzzer,address -fuse-ld=lld -ISources/CHTTPServer/include $^ \
	    $(shell pkg-config --libs libmicrohttpd gnutls) -o $@

.build/fuzz/CPhrases.o: $(wildcard Sources/SMTPExplain/*/*.tsv)
.build/fuzz/CEmbedded.o: openapi.yaml $(wildcard Sources/CEmbedded/page/*)
$(patsubst %,.build/fuzz/%.o,$(FUZZ_C)): .build/fuzz/%.o: $(foreach module,$(FUZZ_C),$(shell find Sources/$(module) -name '*.[ch]'))
	mkdir -p .build/fuzz/$*
	printf 'module $* { header "$(CURDIR)/Sources/$*/include/$*.h" export * }\n' >.build/fuzz/$*.modulemap
	cd .build/fuzz/$* && clang $(C_FLAGS) $(FUZZ_SANITIZE) -I$(CURDIR)/Sources/$*/include -c $(CURDIR)/Sources/$*/*.c
	ld -r .build/fuzz/$*/*.o -o $@

.build/fuzz/SMTPExplain.o: .build/fuzz/SMTPCatalog.o .build/fuzz/StrictJSON.o
.build/fuzz/SMTPCodesAPI.o: .build/fuzz/SMTPExplain.o
.SECONDEXPANSION:
$(patsubst %,.build/fuzz/%.o,$(FUZZ_MODULES)): .build/fuzz/%.o: $$(shell find Sources/$$* -name '*.swift') \
    | $(patsubst %,.build/fuzz/%.o,$(FUZZ_C))
	mkdir -p .build/fuzz
	$(FUZZ_SWIFT) -module-name $* -emit-module -emit-module-path .build/fuzz/$*.swiftmodule -emit-object \
	    $(filter Sources/$*/%,$^) -o $@
