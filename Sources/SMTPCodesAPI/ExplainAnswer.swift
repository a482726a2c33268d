import FoundationEssentials
import SMTPCatalog
import SMTPExplain

// What clients get from `/explain`.

extension ExplainRoute {
    /// The explanation of one reply.
    ///
    /// It encodes itself by hand: containers inside containers cost JSONEncoder a third less than values in
    /// values, whose types it must look up each time. It is a class as it is handed on and on, which would cost a
    /// structure a reference count for each of its strings.
    final class Answer: Encodable {
        let input: String
        let explanation: Explanation
        /// The client's own name for the reply.
        let id: String?
        /// Where the input stands among lines of text, from 1.
        let line: Int?
        /// Of which only the first is explained; nil where the input is one.
        let refusals: Replies.Refusals?
        /// Is the input only the beginning of what was sent?
        let isCut: Bool

        init(
            input: String, explanation: Explanation, id: String? = nil, line: Int? = nil,
            refusals: Replies.Refusals? = nil, isCut: Bool = false
        ) {
            self.input = input
            self.explanation = explanation
            self.id = id
            self.line = line
            self.refusals = refusals
            self.isCut = isCut
        }

        private enum Key: String, CodingKey {
            case action, advice, blocklists, bounce, category, command, confidence, disposition, enhanced, evidence
            case id, input, line, links, notes, party, provider, recipient, remoteHost, reply, retry, retryAfterSeconds
            case summary, suppress, text, truncated, warnings
            // Of what stands inside:
            case afterSeconds, basis, code, found, giveUpAfterSeconds, href, kind, lookup, meaning, name
            case rel, url
        }

        func encode(to encoder: any Encoder) throws {
            let it = explanation
            let (input, text) = (Echo(input), Echo(it.text))
            let (recipient, host) = (it.recipient.map { Echo($0, .part) }, it.remoteHost.map { Echo($0, .part) })
            let warned = (it.warnings + it.notes).map { Echo($0, .part) }
            var answer = encoder.container(keyedBy: Key.self)
            try answer.encode(it.action.rawValue, forKey: .action)
            try answer.encode(it.advice, forKey: .advice)
            var lists = answer.nestedUnkeyedContainer(forKey: .blocklists)
            for list in it.blocklists { try encode(list, into: &lists) }
            try answer.encode(it.bounce.rawValue, forKey: .bounce)
            try answer.encode(it.category.rawValue, forKey: .category)
            if let command = it.command { try answer.encode(command, forKey: .command) }
            try answer.encode(it.confidence.rawValue, forKey: .confidence)
            if let disposition = it.disposition { try answer.encode(disposition.rawValue, forKey: .disposition) }
            if let code = it.enhanced {
                let link = EnhancedRoute.link(code)
                var enhanced = answer.nestedContainer(keyedBy: Key.self, forKey: .enhanced)
                try enhanced.encode(code.description, forKey: .code)
                if let link { try enhanced.encode(link.href, forKey: .href) }
                if let link { try enhanced.encode(link.meaning, forKey: .meaning) }
            }
            var evidence = answer.nestedUnkeyedContainer(forKey: .evidence)
            for found in it.evidence { try encode(found, into: &evidence) }
            if let id { try answer.encode(id, forKey: .id) }
            try answer.encode(input.text, forKey: .input)
            if let line { try answer.encode(line, forKey: .line) }
            var links = answer.nestedUnkeyedContainer(forKey: .links)
            for link in it.links { try encode(link, into: &links) }
            var notes = answer.nestedUnkeyedContainer(forKey: .notes)
            for note in warned.dropFirst(it.warnings.count) { try notes.encode(note.text) }
            if let party = it.party { try answer.encode(party.rawValue, forKey: .party) }
            if let it = it.provider {
                var provider = answer.nestedContainer(keyedBy: Key.self, forKey: .provider)
                // A provider of the operator's own rules has no page.
                if let href = ProvidersRoute.knownHref(it) { try provider.encode(href, forKey: .href) }
                try provider.encode(it.service, forKey: .name)
            }
            if let recipient { try answer.encode(recipient.text, forKey: .recipient) }
            if let host { try answer.encode(host.text, forKey: .remoteHost) }
            if let code = it.reply {
                var reply = answer.nestedContainer(keyedBy: Key.self, forKey: .reply)
                try reply.encode(code.rawValue, forKey: .code)
                if let entry = Catalog.entry(code) {
                    try reply.encode("/codes/\(code)", forKey: .href)
                    try reply.encode(entry.meaning, forKey: .meaning)
                }
            }
            if let it = it.retry {
                var retry = answer.nestedContainer(keyedBy: Key.self, forKey: .retry)
                try retry.encode(it.afterSeconds, forKey: .afterSeconds)
                try retry.encode(it.basis.rawValue, forKey: .basis)
                try retry.encode(it.giveUpAfterSeconds, forKey: .giveUpAfterSeconds)
            }
            if let seconds = it.retryAfterSeconds { try answer.encode(seconds, forKey: .retryAfterSeconds) }
            try answer.encode(it.summary, forKey: .summary)
            try answer.encode(it.suppress, forKey: .suppress)
            try answer.encode(text.text, forKey: .text)
            if isCut || ([input, text, recipient, host] + warned).contains(where: { $0?.isCut == true }) {
                try answer.encode(true, forKey: .truncated)
            }
            var warnings = answer.nestedUnkeyedContainer(forKey: .warnings)
            if let refusals { try warnings.encode(Self.warning(of: refusals)) }
            for warning in warned.prefix(it.warnings.count) { try warnings.encode(warning.text) }
        }

        private static func warning(of refusals: Replies.Refusals) -> String {
            "The text holds \(refusals.count)\(refusals.areAll ? "" : " or more") refusals, and this explains the first. "
                + "/explain?each=line explains all of them, /explain?summary counts them."
        }

        private func encode(_ it: Blocklist, into lists: inout any UnkeyedEncodingContainer) throws {
            var list = lists.nestedContainer(keyedBy: Key.self)
            try list.encode(it.kind.rawValue, forKey: .kind)
            if let lookup = it.lookup { try list.encode(lookup, forKey: .lookup) }
            try list.encode(it.name, forKey: .name)
        }

        private func encode(_ it: Link, into links: inout any UnkeyedEncodingContainer) throws {
            var link = links.nestedContainer(keyedBy: Key.self)
            try link.encode(it.name, forKey: .name)
            try link.encode(it.rel.rawValue, forKey: .rel)
            try link.encode(it.url, forKey: .url)
        }

        private func encode(_ it: Evidence, into evidence: inout any UnkeyedEncodingContainer) throws {
            let words = Echo(it.found, .part)
            var found = evidence.nestedContainer(keyedBy: Key.self)
            try found.encode(it.category.rawValue, forKey: .category)
            try found.encode(words.text, forKey: .found)
            try found.encode(it.kind.rawValue, forKey: .kind)
            if words.isCut { try found.encode(true, forKey: .truncated) }
        }
    }

    /// The explanation of one reply among many, or the problem in its place.
    enum Element: Encodable {
        case answer(Answer)
        case problem(Problem)

        var json: Data {
            switch self {
            case .answer(let answer): Service.encode(answer, pretty: false)
            case .problem(let problem): Service.encode(problem, pretty: false)
            }
        }

        func count(into summary: inout Summary) {
            switch self {
            case .answer(let answer): summary.add(answer.explanation)
            case .problem: summary.addUnread()
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
        let count: Int
        let explanations: [Element]
        let summary: Summary

        init(_ elements: [Element]) {
            count = elements.count
            explanations = elements
            var summary = Summary()
            for element in elements { element.count(into: &summary) }
            self.summary = summary
        }
    }
}
