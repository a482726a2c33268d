// swift-tools-version: 6.2
import PackageDescription

// What make bench compares the service with.
let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "smtp-codes", path: "..")],
    targets: [
        .target(
            name: "CBare", path: "Bare", exclude: ["main.c"], linkerSettings: [.linkedLibrary("microhttpd")]),
        .executableTarget(
            name: "explain-cost",
            dependencies: ["CBare", .product(name: "SMTPExplain", package: "smtp-codes")],
            path: "ExplainCost"),
    ],
    cLanguageStandard: .gnu2x
)
