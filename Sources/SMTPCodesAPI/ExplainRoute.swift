import FoundationEssentials
import SMTPCatalog
import SMTPExplain

/// `POST /explain`: one reply or a batch, in any of the forms that clients have them in.
struct ExplainRoute {
    let explainer: Explainer

    /// The most replies in one batch.
    static let mostReplies = 1000

    /// What `Accept-Post` says.
    static let accepted = Response.Header(
        name: "Accept-Post",
        value:
            """
            application/json, application/x-ndjson, application/x-www-form-urlencoded, text/plain, message/rfc822, \
            message/global, message/delivery-status, message/global-delivery-status, multipart/report
            """
    )

    /// What is made at once, or while it is sent.
    enum Outcome {
        case whole(any Encodable)
        case stream(ExplainStream)
    }

    func answer(_ request: Request) throws(Problem) -> Outcome {
        guard request.body.contains(where: { !Self.isSpace($0) }) else {
            throw .malformedBody(
                "The body is empty. Send a reply as plain text, or JSON such as {\"reply\":\"550 5.1.1 No such user\"}."
            )
        }
        switch try form(of: request) {
        case .plain: return .whole(explanation(String(decoding: request.body, as: UTF8.self)))
        case .json: return .whole(try answer(json: request.body))
        case .lines: return .stream(ExplainStream(self, request.body))
        case .bounce(let type):
            return .whole(BounceAnswer(explainer.explain(bounce: request.body, contentType: type)))
        }
    }

    private func explanation(_ reply: String) -> Answer { Answer(reply, explainer.explain(reply)) }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    // MARK: - The form of the body

    private enum Form {
        case plain, json, lines
        case bounce(contentType: String)
    }

    private func form(of request: Request) throws(Problem) -> Form {
        if request.contentType == "application/json" { return .json }
        let type = request.contentType?.prefix { $0 != ";" }.lowercased().trimmingSpaces() ?? ""
        switch type {
        case "", "application/x-www-form-urlencoded":
            // What curl sends unasked says nothing about the body, so the body decides.
            let first = request.body.first { !Self.isSpace($0) }
            return [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\"")].contains(first) ? .json : .plain
        case "text/plain": return .plain
        case "application/json": return .json
        case "application/x-ndjson", "application/ndjson": return .lines
        case "message/rfc822", "message/global": return .bounce(contentType: "message/rfc822")
        case "message/delivery-status", "message/global-delivery-status", "multipart/report":
            return .bounce(contentType: request.contentType ?? type)
        default: throw .unsupportedMediaType(type)
        }
    }

    // MARK: - JSON

    private func answer(json body: Data) throws(Problem) -> any Encodable {
        switch try read(body) {
        case .one(let item): return try answer(item)
        case .many(let items):
            return Batch(items.map { item in Element { () throws(Problem) in try answer(item) } })
        }
    }

    /// The first byte tells what to decode, so that nothing is tried in vain.
    private func read(_ body: Data) throws(Problem) -> Body {
        if let position = body.withUnsafeBytes(JSONFault.position) {
            throw .malformedBody("The body is not JSON: it goes wrong \(position).")
        }
        switch body.first(where: { !Self.isSpace($0) }) {
        case UInt8(ascii: "{"): return try decode(Body.self, body)
        case UInt8(ascii: "["): return .many(try decode(Items.self, body).list)
        case UInt8(ascii: "\""): return .one(.reply(try decode(String.self, body)))
        default: throw .malformedBody("A reply is a string, or an object; many are a list.")
        }
    }

    /// The answer to one line of NDJSON, or its problem.
    func element(json: Data, line: Int) -> Element {
        Element { () throws(Problem) in
            do throws(Problem) {
                guard case .one(let item) = try read(json) else {
                    throw .malformedBody("A line is one reply, no list.")
                }
                return try answer(item)
            } catch {
                throw .malformedBody("Line \(line): \(error.detail)")
            }
        }
    }

    private func decode<Value: Decodable>(_ type: Value.Type, _ body: Data) throws(Problem) -> Value {
        do {
            return try JSON.decoder.decode(type, from: body)
        } catch let problem as Problem {
            throw problem
        } catch {
            // Such as half of a surrogate pair, or brackets hundreds deep.
            throw .malformedBody("The JSON cannot be read.")
        }
    }

    private func answer(_ item: Item) throws(Problem) -> Answer {
        switch item {
        case .reply(let text):
            guard text.utf8.contains(where: { !Self.isSpace($0) }) else { throw .malformedBody("The reply is empty.") }
            return explanation(text)
        case .parts(let code, let enhanced, let text):
            let input = [code?.description, enhanced?.description, text].compactMap(\.self).joined(separator: " ")
            return Answer(input, explainer.explain(code: code, enhanced: enhanced, text: text))
        case .bad(let problem): throw problem
        }
    }
}

// MARK: - What clients send

extension ExplainRoute {
    /// A list of replies. Its length is checked before any of them is looked at.
    private struct Items: Decodable {
        let list: [Item]

        init(from decoder: any Decoder) throws {
            var items = try decoder.unkeyedContainer()
            if let count = items.count, count > ExplainRoute.mostReplies {
                throw Problem.malformedBody(
                    "The batch has \(count) replies; the most is \(ExplainRoute.mostReplies). Send several, or NDJSON.")
            }
            var list: [Item] = []
            while !items.isAtEnd { list.append(try items.decode(Item.self)) }
            self.list = list
        }
    }

    /// A whole object: one reply, or many under "replies".
    private enum Body: Decodable {
        case one(Item)
        case many([Item])

        init(from decoder: any Decoder) throws {
            let object = try decoder.container(keyedBy: Key.self)
            guard object.contains(.replies) else {
                self = .one(Item(object))
                return
            }
            guard object.allKeys.count == 1 else {
                throw Problem.malformedBody("\"replies\" is a list of strings or objects, and stands alone.")
            }
            do {
                self = .many(try object.decode(Items.self, forKey: .replies).list)
            } catch is DecodingError {
                throw Problem.malformedBody("\"replies\" is a list of strings or objects, and stands alone.")
            }
        }
    }

    /// The members of what clients send; any other is a mistake that should not pass in silence.
    private struct Key: CodingKey, Equatable {
        static let replies = Key("replies")
        static let reply = Key("reply")
        static let code = Key("code")
        static let enhanced = Key("enhanced")
        static let text = Key("text")

        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    /// One reply, whole or in parts. Decoding never throws: a bad item is answered in its place.
    private enum Item: Decodable {
        case reply(String)
        case parts(ReplyCode?, EnhancedCode?, String?)
        case bad(Problem)

        init(from decoder: any Decoder) {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                self = .reply(text)
            } else if let object = try? decoder.container(keyedBy: Key.self) {
                self.init(object)
            } else {
                self = .bad(.malformedBody("A reply is a string or an object."))
            }
        }

        init(_ object: KeyedDecodingContainer<Key>) {
            do {
                self = try Self.read(object)
            } catch let problem as Problem {
                self = .bad(problem)
            } catch {
                self = .bad(.malformedBody("The object is no reply."))
            }
        }

        private static func read(_ object: KeyedDecodingContainer<Key>) throws -> Item {
            let keys = object.allKeys
            if let key = keys.first(where: { ![.reply, .code, .enhanced, .text].contains($0) }) {
                throw Problem.malformedBody(
                    "\"\(key.stringValue)\" is none of \"reply\", \"code\", \"enhanced\" and \"text\".")
            }
            guard !keys.isEmpty else {
                throw Problem.malformedBody("The object has none of \"reply\", \"code\", \"enhanced\" and \"text\".")
            }
            guard keys.contains(.reply) else {
                return .parts(try code(object), try enhanced(object), try text(object))
            }
            guard keys.count == 1 else {
                throw Problem.malformedBody("Send either \"reply\", or its parts \"code\", \"enhanced\" and \"text\".")
            }
            guard let reply = try? object.decode(String.self, forKey: .reply) else {
                throw Problem.malformedBody("\"reply\" is a string.")
            }
            return .reply(reply)
        }

        private static func code(_ object: KeyedDecodingContainer<Key>) throws -> ReplyCode? {
            guard object.contains(.code) else { return nil }
            if let number = try? object.decode(Int.self, forKey: .code), let code = ReplyCode(rawValue: number) {
                return code
            }
            if let text = try? object.decode(String.self, forKey: .code), let code = ReplyCode(text) { return code }
            throw Problem.malformedBody("\"code\" is a reply code: three digits, the first 2 to 5, as 550.")
        }

        private static func enhanced(_ object: KeyedDecodingContainer<Key>) throws -> EnhancedCode? {
            guard object.contains(.enhanced) else { return nil }
            if let text = try? object.decode(String.self, forKey: .enhanced), let code = EnhancedCode(text),
                code.classDigit != nil
            {
                return code
            }
            throw Problem.malformedBody("\"enhanced\" is an enhanced code, as \"5.1.1\".")
        }

        private static func text(_ object: KeyedDecodingContainer<Key>) throws -> String? {
            guard object.contains(.text) else { return nil }
            if let text = try? object.decode(String.self, forKey: .text) { return text }
            throw Problem.malformedBody("\"text\" is a string.")
        }
    }
}

// MARK: - What they get

extension ExplainRoute {
    struct Answer: Encodable {
        struct Code: Encodable {
            let code: Int
            let href: String?
            let meaning: String?
        }

        struct Enhanced: Encodable {
            let code: String
            let href: String?
            let meaning: String?
        }

        struct List: Encodable {
            let kind: String
            let lookup: String?
            let name: String
        }

        struct Found: Encodable {
            let category: String
            let found: String
            let kind: String
        }

        struct Origin: Encodable {
            /// Absent for a provider of the operator's own rules.
            let href: String?
            let name: String
        }

        let action: String
        let advice: String
        let blocklists: [List]
        let category: String
        let command: String?
        let confidence: String
        let disposition: String?
        let enhanced: Enhanced?
        let evidence: [Found]
        let input: String
        let party: String
        let provider: Origin?
        let recipient: String?
        let remoteHost: String?
        let reply: Code?
        let retryAfterSeconds: Int?
        let summary: String
        let text: String
        let warnings: [String]

        init(_ input: String, _ it: Explanation) {
            action = it.action.rawValue
            advice = it.advice
            blocklists = it.blocklists.map { List(kind: $0.kind.rawValue, lookup: $0.lookup, name: $0.name) }
            category = it.category.rawValue
            command = it.command
            confidence = it.confidence.rawValue
            disposition = it.disposition?.rawValue
            enhanced = it.enhanced.map { code in
                let link = EnhancedRoute.link(code)
                return Enhanced(code: code.description, href: link?.href, meaning: link?.meaning)
            }
            evidence = it.evidence.map {
                Found(category: $0.category.rawValue, found: $0.found, kind: $0.kind.rawValue)
            }
            self.input = input
            party = it.party.rawValue
            provider = it.provider.map { Origin(href: ProvidersRoute.knownHref($0), name: $0.service) }
            recipient = it.recipient
            remoteHost = it.remoteHost
            reply = it.reply.map { code in
                let entry = Catalog.entry(code)
                return Code(code: code.rawValue, href: entry.map { _ in "/codes/\(code)" }, meaning: entry?.meaning)
            }
            retryAfterSeconds = it.retryAfterSeconds
            summary = it.summary
            text = it.text
            warnings = it.warnings
        }
    }

    /// The answer to a bounce.
    struct BounceAnswer: Encodable {
        struct Recipient: Encodable {
            let action: String?
            let diagnostic: String?
            let explanation: Answer
            let recipient: String?
            let remoteMTA: String?
            let status: String?
        }

        let recipients: [Recipient]

        init(_ bounced: [BouncedRecipient]) {
            recipients = bounced.map { it in
                Recipient(
                    action: it.action, diagnostic: it.diagnostic,
                    explanation: Answer(it.diagnostic ?? it.status?.description ?? "", it.explanation),
                    recipient: it.recipient, remoteMTA: it.remoteMTA, status: it.status?.description)
            }
        }
    }

    /// The explanation of one reply among many, or the problem in its place.
    enum Element: Encodable {
        case answer(Answer)
        case problem(Problem)

        init(_ answer: () throws(Problem) -> Answer) {
            do throws(Problem) {
                self = .answer(try answer())
            } catch {
                self = .problem(error)
            }
        }

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .answer(let answer): try answer.encode(to: encoder)
            case .problem(let problem): try problem.encode(to: encoder)
            }
        }
    }

    /// The answer to a batch: each explanation or problem in the place of its reply.
    struct Batch: Encodable {
        struct Summary: Encodable {
            let byCategory: [String: Int]
            let byDisposition: [String: Int]
        }

        let count: Int
        let explanations: [Element]
        let summary: Summary

        init(_ elements: [Element]) {
            count = elements.count
            explanations = elements
            var byCategory: [String: Int] = [:]
            var byDisposition: [String: Int] = [:]
            for case .answer(let answer) in elements {
                byCategory[answer.category, default: 0] += 1
                if let disposition = answer.disposition { byDisposition[disposition, default: 0] += 1 }
            }
            summary = Summary(byCategory: byCategory, byDisposition: byDisposition)
        }
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
