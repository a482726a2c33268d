import SMTPCatalog

extension Phrase {
    static let sender: [Phrase] = []
}
