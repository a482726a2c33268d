import SMTPCatalog
import SMTPExplain
import StrictJSON

/// What clients send to `/explain` as JSON.
enum ExplainRequest {
    case one(Reply)
    /// A batch. Its replies are read one by one, as a bad one is answered in its place.
    case many([Item])

    /// One of a batch: as it was sent, or as it stood in the event of a mail service, which may be about several.
    enum Item {
        case json(JSONValue)
        case reply(Reply)
    }

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
        case .object:
            if let replies = try Reply.all(inEvent: json) {
                self = .many(replies.map { .reply($0) })
            } else {
                self = .one(try Reply(json))
            }
        case .string: self = .one(try Reply(json))
        case .number, .word: throw .malformedBody("A reply is a string, or an object; many are a list.")
        }
    }

    private static func batch(_ replies: [JSONValue]) throws(Problem) -> [Item] {
        guard replies.count <= mostReplies else {
            throw .malformedBody(
                "The batch has \(replies.count) replies; the most is \(mostReplies). Send several, or NDJSON.")
        }
        var items: [Item] = []
        for json in replies {
            // A bad one is answered in its place.
            if let found = try? Reply.all(inEvent: json) {
                items += found.map { .reply($0) }
            } else {
                items.append(.json(json))
            }
            guard items.count <= mostReplies else {
                throw .malformedBody("The events are about more than \(mostReplies) recipients. Send several requests.")
            }
        }
        return items
    }

    /// One reply, and what the client knows besides.
    struct Reply {
        enum Content {
            case whole(String)
            case parts(ReplyCode?, EnhancedCode?, text: String?)
        }

        let content: Content
        var known = Circumstances()
        /// The client's own name for it.
        var id: String?
        /// Is the content only the beginning of what was sent?
        var isCut = false

        /// Of an object.
        static let names = ["reply", "code", "enhanced", "text", "id", "command", "host", "recipient"]
        init(_ json: JSONValue) throws(Problem) {
            switch json {
            case .string(let text): self.init(whole: text)
            case .object(let members):
                guard let replies = try Self.all(inEvent: json) else {
                    try self.init(members)
                    return
                }
                guard replies.count == 1 else {
                    throw .malformedBody(
                        "The event is about \(replies.count) recipients: send it as JSON of its own, not as a line.")
                }
                self = replies[0]
            default: throw .malformedBody("A reply is a string or an object.")
            }
        }

        private init(whole text: String) { content = .whole(text) }

        init(_ members: [(name: String, value: JSONValue)]) throws(Problem) {
            var reply: String?
            var code: ReplyCode?
            var enhanced: EnhancedCode?
            var text: String?
            for (index, member) in members.enumerated() {
                guard !members[..<index].contains(where: { $0.name == member.name }) else {
                    throw .malformedBody("\(member.name.quoted) stands twice.")
                }
                switch member.name {
                case "reply": reply = try Self.string(member)
                case "code": code = try Self.replyCode(member.value)
                case "enhanced": enhanced = try Self.enhancedCode(member.value)
                case "text": text = try Self.string(member)
                case "id": id = try Self.string(member, most: Self.longestID)
                case "command": known.command = try Self.command(member.value)
                case "host": known.host = try Self.string(member, most: 255).lowercased()
                case "recipient": known.recipient = try Self.string(member, most: 320)
                default: throw .malformedBody("\(member.name.quoted) is none of \(Self.listed(Self.names)).")
                }
            }
            guard reply != nil || code != nil || enhanced != nil || text != nil else {
                throw .malformedBody("The object has none of \(Self.listed(Self.names.prefix(4))).")
            }
            guard let reply else {
                content = .parts(code, enhanced, text: text)
                return
            }
            guard code == nil, enhanced == nil, text == nil else {
                throw .malformedBody("Send either \"reply\", or its parts \"code\", \"enhanced\" and \"text\".")
            }
            content = .whole(reply)
        }

        // MARK: - Events of mail services

        /// Nil for what is no such event.
        static func all(inEvent json: JSONValue) throws(Problem) -> [Reply]? {
            do throws(ServiceEvent.Fault) {
                return try ServiceEvent.replies(in: json)?.map(Reply.init)
            } catch {
                switch error {
                case .noJSON(let fault):
                    throw .malformedBody("The event's message is not JSON: it goes wrong \(fault.position).")
                case .tooManyRecipients(let count):
                    throw .malformedBody(
                        "The event is about \(count) recipients; the most is \(ServiceEvent.mostRecipients).")
                case .noReply(let service):
                    throw .malformedBody(
                        "This event of \(service) carries no reply: only bounces, delays and deliveries do.")
                }
            }
        }

        private init(_ event: ServiceEvent.Reply) {
            if event.code == nil, event.status == nil, let words = event.words {
                content = .whole(words)
            } else {
                content = .parts(event.code, event.status, text: event.words)
            }
            known = event.known
            id = event.id
            isCut = event.isCut
        }

        // MARK: - The id

        /// In bytes.
        private static let longestID = 256

        /// The id of an object that may be no reply for another reason.
        static func id(of json: JSONValue) -> String? {
            guard case .object(let members) = json, let member = members.first(where: { $0.name == "id" }) else {
                return nil
            }
            return try? string(member, most: longestID)
        }

        // MARK: - Members

        private static func listed(_ names: some BidirectionalCollection<String>) -> String {
            names.dropLast().map { "\"\($0)\"" }.joined(separator: ", ") + " and \"\(names.last!)\""
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

        private static func command(_ value: JSONValue) throws(Problem) -> String {
            if case .string(let text) = value, Circumstances.commands.contains(text.uppercased()) {
                return text.uppercased()
            }
            throw .malformedBody("\"command\" is one of \(listed(Circumstances.commands)).")
        }

        /// `most` is in bytes.
        private static func string(
            _ member: (name: String, value: JSONValue), most: Int = .max
        ) throws(Problem) -> String {
            if case .string(let text) = member.value, text.utf8.count <= most { return text }
            let limit = most < .max ? " of at most \(most) bytes" : ""
            throw .malformedBody("\"\(member.name)\" is a string\(limit).")
        }
    }
}
