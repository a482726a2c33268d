# Each target installs what it lacks, builds and runs, without a question.

.PHONY: run test lint sanitize contract accuracy image deps

SWIFT_RELEASE = swift build -c release --static-swift-stdlib
SUDO = $(if $(filter 0,$(shell id -u)),,sudo)
C_FLAGS = -std=gnu2x -Wall -Wextra -Wconversion -Werror $(shell pkg-config --cflags libmicrohttpd)

# Builds the service and runs it; ARGS="--port 9000" passes flags on.
run: deps
	$(SWIFT_RELEASE) --product smtp-codes
	.build/release/smtp-codes $(ARGS)

test: deps lint
	swift test --quiet
	$(MAKE) contract sanitize

# Layout and warnings.
lint: deps
	swift format lint --strict --recursive --parallel Sources Tests Package.swift
	@if command -v clang-format >/dev/null; then \
	    clang-format --dry-run --Werror Sources/C*/*.c Sources/C*/*.h Sources/C*/include/*.h; fi
	clang $(C_FLAGS) -ISources/CHTTPServer/include -fsyntax-only Sources/CHTTPServer/*.c
	clang $(C_FLAGS) -ISources/CEmbedded/include -fsyntax-only Sources/CEmbedded/*.c

# openapi.yaml against the running service: every example in it is asked for again.
contract: deps .build/venv
	@.build/venv/bin/pip install --quiet --disable-pip-version-check -r Tests/Contract/requirements.txt
	swift build --product smtp-codes
	.build/venv/bin/python Tests/Contract/contract.py .build/debug/smtp-codes

# How often the explainer agrees with the labelled corpus, and each miss.
accuracy: deps
	swift build -c release --product accuracy
	.build/release/accuracy Tests/Corpus/replies.jsonl
	.build/release/accuracy --quiet Tests/Corpus/replies-kept.jsonl

deps:
	@pkg-config --exists libmicrohttpd 2>/dev/null || \
	    $(SUDO) sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	        apt-get install -y -qq --no-install-recommends libmicrohttpd-dev pkg-config'

.build/venv:
	@python3 -c 'import ensurepip' 2>/dev/null || \
	    $(SUDO) sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	        apt-get install -y -qq --no-install-recommends python3-venv'
	@python3 -m venv $@ || { rm -rf $@; exit 1; }
