// swift-tools-version: 6.2
import PackageDescription

// Tools of those who develop the service.
let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "smtp-codes", path: "..")],
    targets: [
        .executableTarget(
            name: "accuracy",
            dependencies: [
                .product(name: "SMTPCatalog", package: "smtp-codes"),
                .product(name: "SMTPExplain", package: "smtp-codes"),
            ],
            path: "Accuracy"),
        .target(
            name: "CBare", path: "Bare", exclude: ["main.c"], linkerSettings: [.linkedLibrary("microhttpd")]),
        .executableTarget(
            name: "explain-cost",
            dependencies: ["CBare", .product(name: "SMTPExplain", package: "smtp-codes")],
            path: "ExplainCost"),
    ],
    cLanguageStandard: .gnu2x
)
