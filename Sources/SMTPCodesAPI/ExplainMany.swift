import FoundationEssentials
import SMTPCatalog
import SMTPExplain
import StrictJSON

// Many replies in one request: answered one by one, or counted.

extension ExplainRoute {
    /// Gives the explanations of many replies, or the problems in their place, one after the other.
    typealias Elements = () -> Next

    enum Next {
        case element(Element)
        /// Something that carries no reply, and is left out.
        case nothing
        case end
    }

    // MARK: - Where they come from

    /// The lines of NDJSON.
    func elements(jsonLines body: Data) -> Elements {
        var lines = NumberedLines(body)
        return {
            guard let (line, number) = lines.next() else { return .end }
            return .element(element(json: line, line: number))
        }
    }

    /// The lines of a text; those that carry no reply are left out.
    func pieces(of text: Data) -> Elements {
        var replies = Replies(Array(text))
        return {
            guard let piece = replies.next() else { return .end }
            guard let explanation = explainer.explain(piece) else { return .nothing }
            counts.count(explanation)
            let input = String(decoding: piece.bytes.last == 0x0D ? piece.bytes.dropLast() : piece.bytes, as: UTF8.self)
            return .element(.answer(Answer(input: input, explanation: explanation, line: piece.line)))
        }
    }

    private func element(json: Data, line: Int) -> Element {
        do throws(Problem) {
            return element(try Self.value(json), .line(line))
        } catch {
            return .problem(error.of(.line(line)))
        }
    }

    func element(_ item: ExplainRequest.Item, _ place: Problem.Place) -> Element {
        switch item {
        case .json(let value): return element(value, place)
        case .reply(let reply):
            do throws(Problem) {
                return .answer(try explanation(reply))
            } catch {
                return .problem(error.of(place, id: reply.id))
            }
        }
    }

    /// One reply of a batch or a line, or its problem.
    func element(_ value: JSONValue, _ place: Problem.Place) -> Element {
        do throws(Problem) {
            if case .line = place, case .array = value { throw .malformedBody("A line is one reply, no list.") }
            return .answer(try explanation(ExplainRequest.Reply(value)))
        } catch {
            return .problem(error.of(place, id: ExplainRequest.Reply.id(of: value)))
        }
    }

    // MARK: - What becomes of them

    /// Each as a line of NDJSON.
    func lines(_ elements: @escaping Elements) -> Outcome {
        let stream = ExplainStream {
            switch elements() {
            case .end: nil
            case .nothing: Data()
            case .element(let element): element.json + [0x0A]
            }
        }
        return .stream(stream, .ndjson)
    }

    /// Only their counts.
    func summary(_ elements: @escaping Elements, _ query: Query) throws(Problem) -> Outcome {
        try summary(query) { summary in
            switch elements() {
            case .element(let element): element.count(into: &summary)
            case .nothing: break
            case .end: return false
            }
            return true
        }
    }

    /// Only the counts of the recipients of messages.
    func summary(recipients: some Sequence<MessageRecipient>, _ query: Query) throws(Problem) -> Outcome {
        var recipients = recipients.makeIterator()
        return try summary(query) { summary in
            guard let it = recipients.next() else { return false }
            counts.count(it.explanation)
            summary.add(it.explanation, recipient: it.recipient)
            return true
        }
    }

    /// Made while it is sent: as long as `addNext` gives true, a blank is sent for some of them, which JSON allows in
    /// front.
    private func summary(_ query: Query, _ addNext: @escaping (inout Summary) -> Bool) throws(Problem) -> Outcome {
        let pretty = try query.pretty()
        var summary: Summary? = Summary()
        let stream = ExplainStream {
            guard summary != nil else { return nil }
            for _ in 0..<16 {
                if addNext(&summary!) { continue }
                defer { summary = nil }
                return Service.encode(summary!, pretty: pretty)
            }
            return Data(" ".utf8)
        }
        return .stream(stream, .json)
    }
}
