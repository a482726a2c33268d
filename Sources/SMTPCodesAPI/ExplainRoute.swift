import FoundationEssentials
import SMTPCatalog
import SMTPExplain
import StrictJSON

/// `POST /explain`: one reply or many, in any of the forms that clients have them in.
struct ExplainRoute {
    let explainer: Explainer
    let counts: ExplanationCounts
    /// Of a body, decoded, in bytes.
    let maxBody: Int

    /// What `Accept-Post` says.
    static let accepted = Response.Header(
        name: "Accept-Post",
        value:
            """
            application/json, application/x-ndjson, application/x-www-form-urlencoded, text/plain, message/rfc822, \
            message/global, message/delivery-status, message/global-delivery-status, multipart/report, application/mbox
            """
    )

    /// What `Accept-Encoding` says of requests (RFC 9110, section 12.5.3).
    static let acceptedCodings = Response.Header(name: "Accept-Encoding", value: "gzip")

    /// What is made at once, or while it is sent.
    enum Outcome {
        case whole(any Encodable)
        case stream(Source<Data>, Response.Header)
    }

    func answer(_ request: Request, _ query: Query) throws(Problem) -> Outcome {
        let body = try read(request)
        let (summarizes, pretty) = (try query.isSet("summary"), try query.pretty())
        if try query.eachLine() {
            guard BodyForm.canBeLines(request.contentType) else {
                throw .malformedQuery("each=line explains the lines of a text: send it as text/plain.")
            }
            guard body.isText else { throw .noText }
            let pieces = pieces(of: try kept(body, request))
            return summarizes ? summary(pieces, pretty: pretty) : lines(pieces)
        }
        let form = try BodyForm(of: body, request.contentType)
        guard form.takes(body) else { throw .noText }
        switch form {
        case .text:
            if summarizes, Replies.areSeveral(in: Array(body)) {
                return summary(pieces(of: try kept(body, request)), pretty: pretty)
            }
            return .whole(one(try explanation(of: Charset.text(body)), summarizes))
        case .form:
            let reply = try ExplainRequest.Reply(Form.members(body))
            return .whole(one(try explanation(reply), summarizes))
        case .json:
            switch try json(body) {
            case .one(let reply): return .whole(one(try explanation(reply), summarizes))
            case .many(let items):
                if summarizes { return summary(elements(items), pretty: pretty) }
                guard items.count > 100 || body.count > Self.mostAtOnce else {
                    return .whole(Batch(items.enumerated().map { element($0.element, .index($0.offset)) }))
                }
                guard request.isCompressed || request.hold(body.count) else { throw .bodiesTooLarge }
                return batch(elements(items), count: items.count)
            }
        case .jsonLines:
            let elements = elements(jsonLines: body)
            return summarizes ? summary(elements, pretty: pretty) : lines(elements)
        case .message(let type):
            let message = try kept(body, request)
            guard summarizes else { return answer(message: message, type, pretty: pretty) }
            return summary(recipients: recipients(message: message, type), pretty: pretty)
        case .mbox:
            let mbox = try kept(body, request)
            return summarizes ? summary(recipients: recipients(mbox: mbox), pretty: pretty) : answer(mbox: mbox)
        }
    }

    private func one(_ answer: Answer, _ summarizes: Bool) -> any Encodable {
        guard summarizes else { return answer }
        var summary = Summary()
        summary.add(answer.explanation)
        return summary
    }

    // MARK: - The body

    /// The body, decoded and without a byte-order mark.
    private func read(_ request: Request) throws(Problem) -> Data {
        var body = try decoded(request)
        // Some editors put a byte-order mark in front; it says nothing.
        if body.starts(with: [0xEF, 0xBB, 0xBF]) { body = Data(body.dropFirst(3)) }
        guard body.contains(where: { !$0.isSpace }) else {
            throw .malformedBody(
                "The body is empty. Send a reply as plain text, or JSON such as {\"reply\":\"550 5.1.1 No such user\"}."
            )
        }
        return body
    }

    private func decoded(_ request: Request) throws(Problem) -> Data {
        guard request.isCompressed, let coding = request.contentEncoding else { return request.body }
        guard ["gzip", "x-gzip"].contains(coding.lowercased()) else { throw .unsupportedContentCoding(coding) }
        do throws(Gzip.Fault) {
            return try Gzip.decompressed(request.body, atMost: maxBody, hold: request.hold)
        } catch {
            switch error {
            case .malformed: throw .malformedBody("The body is no gzip (RFC 1952), or ends too soon.")
            case .tooLarge: throw .bodyTooLarge(limit: maxBody)
            case .noRoom: throw .bodiesTooLarge
            }
        }
    }

    /// A copy that lasts as long as the answer is being made. What is worked on at once needs no room, and what was
    /// compressed has it already.
    private func kept(_ body: Data, _ request: Request) throws(Problem) -> [UInt8] {
        let hasRoom = body.count <= Self.mostAtOnce || request.isCompressed || request.hold(body.count)
        guard hasRoom else { throw .bodiesTooLarge }
        return Array(body)
    }

    private func json(_ body: Data) throws(Problem) -> ExplainRequest {
        try ExplainRequest(Self.value(body))
    }

    static func value(_ json: Data) throws(Problem) -> JSONValue {
        switch json.withUnsafeBytes({ bytes in Result { () throws(JSONFault) in try JSONReader.read(bytes) } }) {
        case .success(let value): return value
        case .failure(let fault): throw .malformedBody("The body is not JSON: it goes wrong \(fault.position).")
        }
    }

    // MARK: - One reply

    func explanation(_ reply: ExplainRequest.Reply) throws(Problem) -> Answer {
        switch reply.content {
        case .whole(let text): return try explanation(of: text, reply.known, id: reply.id, isCut: reply.isCut)
        case .parts(let code, let enhanced, let text):
            let input = [code?.description, enhanced?.description, text].compactMap(\.self).joined(separator: " ")
            let explanation = explainer.explain(code: code, enhanced: enhanced, text: text, known: reply.known)
            counts.count(explanation)
            return Answer(input: input, explanation: explanation, id: reply.id, isCut: reply.isCut)
        }
    }

    private func explanation(
        of text: String, _ known: Circumstances = Circumstances(), id: String? = nil, isCut: Bool = false
    ) throws(Problem) -> Answer {
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { !$0.isSpace }) else { throw .malformedBody("The reply is empty.") }
        let refusals = Replies.refusals(in: bytes)
        let explanation = explainer.explain(firstOf: refusals, in: bytes, known: known)
        counts.count(explanation)
        return Answer(input: text, explanation: explanation, id: id, refusals: refusals, isCut: isCut)
    }
}
