# syntax=docker/dockerfile:1

# Packages have no versions here (DL3008): Debian's archive keeps only the last of a stable release, with its
# security fixes, so that a pinned build would soon fail, and until then lack them.

# The Debian that the service runs on: trixie, 13, with libmicrohttpd 1.0.1, or bookworm, 12, with 0.9.75. What is built on
# the latter runs on either.
ARG DEBIAN=trixie

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

# The packages that the service needs, and no shell, apt or perl beside them. Each says in status.d what it is, where
# scanners of images look for it.
FROM docker.io/library/debian:bookworm-slim AS system
ARG DEBIAN
# hadolint ignore=DL3008
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mmdebstrap
RUN mmdebstrap --mode=chrootless --variant=extract --include=base-files,libmicrohttpd12,libstdc++6,zlib1g \
        --dpkgopt=path-exclude='/usr/share/*' --dpkgopt=path-include='/usr/share/doc/*/copyright' \
        --skip=cleanup/apt/cache "$DEBIAN" /system \
    && mkdir /system/var/lib/dpkg/status.d \
    && for package in /system/var/cache/apt/archives/*.deb; do \
        dpkg-deb --field "$package" >"/system/var/lib/dpkg/status.d/$(dpkg-deb --field "$package" Package)" || exit; \
    done \
    && rm -r /system/var/cache/apt /system/etc/resolv.conf /system/etc/hostname

FROM scratch
COPY --from=system /system /
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
