/// KumoMTA's log: `{"type":"Bounce","response":{"code":550,"enhanced_code":{...},"content":"...","command":"RCPT TO:<...>"}}`.
enum KumoMTA: EnvelopeFormat {
    static let marks: [Mark] = []
}
