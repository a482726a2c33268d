import SMTPCatalog

/// They count only where no code stands.
extension Phrase {
    // swift-format-ignore
    static let accepted: [Phrase] = [
        .init(vague: "message accepted for delivery", .accepted, "Message accepted for delivery"),
        .init(vague: "queued for delivery", .accepted, "4F2C queued for delivery"),
    ]
}
