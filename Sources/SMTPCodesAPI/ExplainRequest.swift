import SMTPCatalog

/// What clients send to `/explain` as JSON.
enum ExplainRequest {
    case one(Reply)
    /// A batch. Its replies are read one by one, as a bad one is answered in its place.
    case many([JSONValue])

    /// The most replies in one batch.
    static let mostReplies = 1000

    init(_ json: JSONValue) throws(Problem) {
        switch json {
        case .array(let replies): self = .many(try Self.batch(replies))
        case .object(let members) where members.contains { $0.name == "replies" }:
            guard members.count == 1, case .array(let replies) = members[0].value else {
                throw .malformedBody("\"replies\" is a list of strings or objects, and stands alone.")
            }
            self = .many(try Self.batch(replies))
        case .object, .string: self = .one(try Reply(json))
        case .number, .word: throw .malformedBody("A reply is a string, or an object; many are a list.")
        }
    }

    private static func batch(_ replies: [JSONValue]) throws(Problem) -> [JSONValue] {
        guard replies.count <= mostReplies else {
            throw .malformedBody(
                "The batch has \(replies.count) replies; the most is \(mostReplies). Send several, or NDJSON.")
        }
        return replies
    }

    /// One reply, as it came or in its parts.
    enum Reply {
        case whole(String)
        case parts(ReplyCode?, EnhancedCode?, text: String?)

        init(_ json: JSONValue) throws(Problem) {
            switch json {
            case .string(let text): self = .whole(text)
            case .object(let members): self = try Self.read(members)
            default: throw .malformedBody("A reply is a string or an object.")
            }
        }

        private static func read(_ members: [(name: String, value: JSONValue)]) throws(Problem) -> Reply {
            guard !members.isEmpty else {
                throw .malformedBody("The object has none of \"reply\", \"code\", \"enhanced\" and \"text\".")
            }
            var reply: String?
            var code: ReplyCode?
            var enhanced: EnhancedCode?
            var text: String?
            for (index, member) in members.enumerated() {
                guard !members[..<index].contains(where: { $0.name == member.name }) else {
                    throw .malformedBody("\(member.name.quoted) stands twice.")
                }
                switch member.name {
                case "reply": reply = try string(member)
                case "code": code = try replyCode(member.value)
                case "enhanced": enhanced = try enhancedCode(member.value)
                case "text": text = try string(member)
                default:
                    throw .malformedBody(
                        "\(member.name.quoted) is none of \"reply\", \"code\", \"enhanced\" and \"text\".")
                }
            }
            guard let reply else { return .parts(code, enhanced, text: text) }
            guard members.count == 1 else {
                throw .malformedBody("Send either \"reply\", or its parts \"code\", \"enhanced\" and \"text\".")
            }
            return .whole(reply)
        }

        private static func replyCode(_ value: JSONValue) throws(Problem) -> ReplyCode {
            switch value {
            case .number(let number?): if let code = ReplyCode(rawValue: number) { return code }
            case .string(let text): if let code = ReplyCode(text) { return code }
            default: break
            }
            throw .malformedBody("\"code\" is a reply code: three digits, the first 2 to 5, as 550.")
        }

        private static func enhancedCode(_ value: JSONValue) throws(Problem) -> EnhancedCode {
            if case .string(let text) = value, let code = EnhancedCode(text), code.classDigit != nil { return code }
            throw .malformedBody("\"enhanced\" is an enhanced code, as \"5.1.1\".")
        }

        private static func string(_ member: (name: String, value: JSONValue)) throws(Problem) -> String {
            if case .string(let text) = member.value { return text }
            throw .malformedBody("\"\(member.name)\" is a string.")
        }
    }
}
