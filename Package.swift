// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "smtp-codes",
    products: [
        .executable(name: "smtp-codes", targets: ["smtp-codes"]),
        .library(name: "SMTPCatalog", targets: ["SMTPCatalog"]),
        .library(name: "SMTPExplain", targets: ["SMTPExplain"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .target(name: "CHTTPServer", dependencies: ["CMicroHTTPD", "CGnuTLS"]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CGnuTLS", pkgConfig: "gnutls", providers: [.apt(["libgnutls28-dev"])]),
        .target(name: "CTLS", dependencies: ["CGnuTLS"]),
        .target(name: "CEmbedded"),
        .target(name: "StrictJSON"),
        .target(name: "SMTPCatalog"),
        .target(name: "CPhrases"),
        .target(
            name: "SMTPExplain", dependencies: ["SMTPCatalog", "CPhrases", "StrictJSON"],
            exclude: ["Phrases", "Messages/entities.tsv"]),
        .target(
            name: "SMTPCodesAPI", dependencies: ["SMTPExplain", "StrictJSON", "CHTTPServer", "CEmbedded", "CZlib"]),
        .executableTarget(
            name: "smtp-codes",
            dependencies: [
                "SMTPCodesAPI", "SMTPExplain", "CTLS", "CZlib",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        // Asks the service without a socket, which nothing outside of this package can do.
        .executableTarget(name: "bounds", dependencies: ["SMTPCodesAPI"], path: "Tests/Bounds"),
        .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"]),
        .testTarget(name: "SMTPCatalogTests", dependencies: ["SMTPCatalog"]),
        .testTarget(name: "SMTPExplainTests", dependencies: ["SMTPExplain"], exclude: ["faults.tsv", "samples.tsv"]),
        .testTarget(name: "SMTPCodesAPITests", dependencies: ["SMTPCodesAPI", "SMTPCatalog"]),
        .testTarget(name: "HTTPTests", dependencies: ["SMTPCodesAPI"]),
    ],
    cLanguageStandard: .gnu2x
)
