import SMTPCatalog

extension Phrase {
    static let recipient: [Phrase] = []
}
