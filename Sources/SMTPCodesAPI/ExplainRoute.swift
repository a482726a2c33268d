import FoundationEssentials
import SMTPCatalog
import SMTPExplain

/// `POST /explain`: one reply or a batch, in any of the forms that clients have them in.
struct ExplainRoute {
    let explainer: Explainer
    let counts: ExplanationCounts

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
        case stream(ExplainStream, Response.Header)
    }

    func answer(_ request: Request) throws(Problem) -> Outcome {
        var body = request.body
        // Some editors put a byte-order mark in front; it says nothing.
        if body.starts(with: [0xEF, 0xBB, 0xBF]) { body = Data(body.dropFirst(3)) }
        guard body.contains(where: { !Self.isSpace($0) }) else {
            throw .malformedBody(
                "The body is empty. Send a reply as plain text, or JSON such as {\"reply\":\"550 5.1.1 No such user\"}."
            )
        }
        switch try form(of: body, request.contentType) {
        case .plain: return .whole(explanation(String(decoding: body, as: UTF8.self)))
        case .json: return .whole(try answer(json: body))
        case .lines: return .stream(stream(lines: body), .ndjson)
        case .bounce(let type): return answer(message: body, type)
        }
    }

    private func explanation(_ reply: String) -> Answer { answer(reply, explainer.explain(reply)) }

    private func answer(_ input: String, _ explanation: Explanation) -> Answer {
        counts.count(explanation)
        return Answer(input: input, explanation: explanation)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    // MARK: - The form of the body

    private enum Form {
        case plain, json, lines
        case bounce(contentType: String)
    }

    private func form(of body: Data, _ contentType: String?) throws(Problem) -> Form {
        if contentType == "application/json" { return .json }
        let type = Self.mediaType(contentType ?? "")
        switch type {
        case "", "application/x-www-form-urlencoded":
            // What curl sends unasked says nothing about the body, so the body decides.
            let first = body.first { !Self.isSpace($0) }
            return [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\"")].contains(first) ? .json : .plain
        case "text/plain": return .plain
        case "application/json": return .json
        case "application/x-ndjson", "application/ndjson": return .lines
        case "message/rfc822", "message/global": return .bounce(contentType: "message/rfc822")
        case "message/delivery-status", "message/global-delivery-status", "multipart/report":
            return .bounce(contentType: contentType ?? type)
        default: throw .unsupportedMediaType(type)
        }
    }

    /// The media type of a Content-Type, in lower case and without its parameters (RFC 9110, section 8.3.1).
    private static func mediaType(_ contentType: String) -> String {
        let words = contentType.utf8.prefix { $0 != UInt8(ascii: ";") }
        let rest = words.drop(while: isSpace)
        let end = rest.lastIndex { !isSpace($0) }.map(rest.index(after:)) ?? rest.startIndex
        return String(rest[..<end])!.lowercased()
    }

    // MARK: - JSON

    private func answer(json body: Data) throws(Problem) -> any Encodable {
        switch try read(body) {
        case .one(let reply): return try answer(reply)
        case .many(let values):
            return Batch(
                values.map { value in Element { () throws(Problem) in try answer(ExplainRequest.Reply(value)) } })
        }
    }

    private func read(_ body: Data) throws(Problem) -> ExplainRequest {
        switch body.withUnsafeBytes({ bytes in Result { () throws(JSONFault) in try JSONReader.read(bytes) } }) {
        case .success(let value): return try ExplainRequest(value)
        case .failure(let fault): throw .malformedBody("The body is not JSON: it goes wrong \(fault.position).")
        }
    }

    private func answer(_ reply: ExplainRequest.Reply) throws(Problem) -> Answer {
        switch reply {
        case .whole(let text):
            guard text.utf8.contains(where: { !Self.isSpace($0) }) else { throw .malformedBody("The reply is empty.") }
            return explanation(text)
        case .parts(let code, let enhanced, let text):
            let input = [code?.description, enhanced?.description, text].compactMap(\.self).joined(separator: " ")
            return self.answer(input, explainer.explain(code: code, enhanced: enhanced, text: text))
        }
    }
}

// MARK: - NDJSON

extension ExplainRoute {
    private func stream(lines body: Data) -> ExplainStream {
        var lines = NumberedLines(body)
        return ExplainStream {
            guard let (line, number) = lines.next() else { return nil }
            var answer =
                switch element(json: line, line: number) {
                case .answer(let explanation): Service.encode(explanation, pretty: false)
                case .problem(let problem): Service.encode(problem, pretty: false)
                }
            answer.append(0x0A)
            return answer
        }
    }

    private func element(json: Data, line: Int) -> Element {
        Element { () throws(Problem) in
            do throws(Problem) {
                guard case .one(let reply) = try read(json) else {
                    throw .malformedBody("A line is one reply, no list.")
                }
                return try answer(reply)
            } catch {
                throw .malformedBody("Line \(line): \(error.detail)")
            }
        }
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
