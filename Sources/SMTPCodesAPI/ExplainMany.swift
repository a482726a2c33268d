import FoundationEssentials
import SMTPCatalog
import SMTPExplain
import StrictJSON

// Many replies in one request: answered one by one, or counted.

extension ExplainRoute {
    // MARK: - Where they come from

    /// The lines of NDJSON.
    func elements(jsonLines body: Data) -> Source<Element> {
        var lines = NumberedLines(body)
        return {
            guard let (line, number) = lines.next() else { return .end }
            return .one(element(json: line, line: number))
        }
    }

    /// The lines of a text; those that carry no reply are left out.
    func pieces(of text: [UInt8]) -> Source<Element> {
        var replies = Replies(text)
        return {
            guard let piece = replies.next() else { return .end }
            guard let explanation = explainer.explain(piece) else { return .nothing }
            counts.count(explanation)
            let input = Charset.text(piece.bytes.last == 0x0D ? piece.bytes.dropLast() : piece.bytes)
            return .one(.answer(Answer(input: input, explanation: explanation, line: piece.line)))
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

    /// The replies of a batch.
    func elements(_ items: [ExplainRequest.Item]) -> Source<Element> {
        var rest = items.enumerated().makeIterator()
        return {
            guard let (index, item) = rest.next() else { return .end }
            return .one(element(item, .index(index)))
        }
    }

    // MARK: - What becomes of them

    /// Each as a line of NDJSON.
    func lines(_ elements: @escaping Source<Element>) -> Outcome {
        let lines = jsonPieces(of: elements) {
            try $1.write($0)
            $1.append([0x0A])
        }
        return .stream(lines, .ndjson)
    }

    /// The same as a ``Batch`` of so many.
    func batch(_ elements: @escaping Source<Element>, count: Int) -> Outcome {
        var summary = Summary()
        let counted: Source<Element> = {
            elements().map {
                $0.count(into: &summary)
                return $0
            }
        }
        let front = Service.encode(["count": count], pretty: false)
        return .stream(
            object(front, list: .explanations, counted) { Service.encode(["summary": summary], pretty: false) }, .json)
    }

    /// Only their counts.
    func summary(_ elements: @escaping Source<Element>, pretty: Bool) -> Outcome {
        .stream(summary(elements, pretty: pretty) { $0.count(into: &$1) }, .json)
    }

    /// Only the counts of the recipients of messages.
    func summary(recipients: @escaping Source<MessageRecipient>, pretty: Bool) -> Outcome {
        let pieces = summary(recipients, pretty: pretty) { it, summary in
            counts.count(it.explanation)
            summary.add(it.explanation, recipient: it.recipient)
        }
        return .stream(pieces, .json)
    }

    private func summary<Thing>(
        _ things: @escaping Source<Thing>, pretty: Bool, _ add: @escaping (Thing, inout Summary) -> Void
    ) -> Source<Data> {
        var summary: Summary? = Summary()
        return {
            guard summary != nil else { return .end }
            switch things() {
            case .one(let thing): add(thing, &summary!)
            case .nothing: break
            case .end:
                defer { summary = nil }
                return .one(Service.encode(summary!, pretty: pretty))
            }
            return .nothing
        }
    }
}
