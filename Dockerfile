# syntax=docker/dockerfile:1

# Packages have no versions here (DL3008): Debian's archive keeps only the last of a stable release, with its
# security fixes, so that a pinned build would soon fail, and until then lack them.

# The Debian that the service runs on: bookworm, 12, with libmicrohttpd 0.9.75, or trixie, 13, with 1.0.1, whose package
# goes by the old name as well. What is built on the former runs on either.
ARG DEBIAN=bookworm

FROM docker.io/library/swift:6.3-bookworm AS build
# hadolint ignore=DL3008
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libmicrohttpd-dev pkg-config zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
# Package.swift names the folders of all targets, and does not load without one of them.
COPY Package.swift openapi.yaml ./
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --static-swift-stdlib --product smtp-codes \
    && strip -o /smtp-codes .build/release/smtp-codes

FROM docker.io/library/debian:${DEBIAN}-slim
# hadolint ignore=DL3008
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libmicrohttpd12 libstdc++6 zlib1g \
    && rm -rf /var/lib/apt/lists/* /var/cache/debconf/* /var/log/*
COPY --from=build /smtp-codes /usr/local/bin/smtp-codes
LABEL org.opencontainers.image.title="smtp-codes" \
      org.opencontainers.image.description="Says what SMTP replies mean, over HTTP" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="1.1.0"
ENV SMTP_CODES_HOST=::
EXPOSE 8080
# Nobody, by number, so that Kubernetes can tell that it is not root. Nothing is written to disk.
USER 65534:65534
HEALTHCHECK --interval=10s --timeout=4s --start-period=2s CMD ["/usr/local/bin/smtp-codes", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/smtp-codes"]
