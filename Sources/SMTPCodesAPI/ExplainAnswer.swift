import FoundationEssentials
import SMTPCatalog
import SMTPExplain

// What clients get from `/explain`.

extension ExplainRoute {
    /// The explanation of one reply.
    ///
    /// It is a class as it is handed on and on, which would cost a structure a reference count for each of its strings.
    final class Answer: JSONObject {
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

        func write(to members: inout some JSONMembers) throws {
            let it = explanation
            let (input, text) = (Echo(input), Echo(it.text))
            let (recipient, host) = (it.recipient.map { Echo($0, .part) }, it.remoteHost.map { Echo($0, .part) })
            let (warnings, notes) = (it.warnings.map { Echo($0, .part) }, it.notes.map { Echo($0, .part) })
            try members.add(.action, kept: it.action.rawValue)
            try members.add(.advice, kept: it.advice)
            try members.add(.blocklists, each: it.blocklists, write)
            try members.add(.bounce, kept: it.bounce.rawValue)
            try members.add(.category, kept: it.category.rawValue)
            if let command = it.command { try members.add(.command, command) }
            try members.add(.confidence, kept: it.confidence.rawValue)
            if let disposition = it.disposition { try members.add(.disposition, kept: disposition.rawValue) }
            if let code = it.enhanced { try members.add(.enhanced) { try write(code, to: &$0) } }
            try members.add(.evidence, each: it.evidence, write)
            if let id { try members.add(.id, id) }
            try members.add(.input, input.text)
            if let line { try members.add(.line, line) }
            try members.add(.links, each: it.links, write)
            try members.add(.notes, (refusals.flatMap(Self.note).map { [$0] } ?? []) + notes.map(\.text))
            if let party = it.party { try members.add(.party, kept: party.rawValue) }
            if let provider = it.provider { try members.add(.provider) { try write(provider, to: &$0) } }
            if let recipient { try members.add(.recipient, recipient.text) }
            if let host { try members.add(.remoteHost, host.text) }
            if let code = it.reply { try members.add(.reply) { try write(code, to: &$0) } }
            if let retry = it.retry { try members.add(.retry) { try write(retry, to: &$0) } }
            if let seconds = it.retryAfterSeconds { try members.add(.retryAfterSeconds, seconds) }
            try members.add(.summary, kept: it.summary)
            try members.add(.suppress, it.suppress)
            try members.add(.text, text.text)
            let isCut =
                isCut || input.isCut || text.isCut || recipient?.isCut == true || host?.isCut == true
                || (warnings + notes).contains(where: \.isCut)
            if isCut { try members.add(.truncated, true) }
            try members.add(.warnings, (refusals.flatMap(Self.warning).map { [$0] } ?? []) + warnings.map(\.text))
        }

        /// Nil where there is but one, in a log.
        private static func warning(of refusals: Replies.Refusals) -> String? {
            guard refusals.count > 1 else { return nil }
            return
                "The text holds \(refusals.count)\(refusals.areAll ? "" : " or more") refusals, and this explains the first. "
                + "/explain?each=line explains all of them, /explain?summary counts them."
        }

        private static func note(of refusals: Replies.Refusals) -> String? {
            guard refusals.count == 1 else { return nil }
            return "The text is a log, and this explains the \(refusals.areAll ? "only" : "first") refusal in it. "
                + "/explain?each=line explains each line."
        }

        private func write(_ code: EnhancedCode, to members: inout some JSONMembers) throws {
            guard let link = EnhancedRoute.link(code) else { return try members.add(.code, code.description) }
            try members.add(.code, kept: code.description)
            try members.add(.href, kept: link.href)
            try members.add(.meaning, kept: link.meaning)
        }

        private func write(_ code: ReplyCode, to members: inout some JSONMembers) throws {
            try members.add(.code, code.rawValue)
            guard let entry = Catalog.entry(code) else { return }
            try members.add(.href, kept: "/codes/" + code.description)
            try members.add(.meaning, kept: entry.meaning)
        }

        private func write(_ provider: Provider, to members: inout some JSONMembers) throws {
            // A provider of the operator's own rules has no page.
            if let href = ProvidersRoute.knownHref(provider) { try members.add(.href, kept: href) }
            try members.add(.name, kept: provider.service)
        }

        private func write(_ retry: Verdict.Retry, to members: inout some JSONMembers) throws {
            try members.add(.afterSeconds, retry.afterSeconds)
            try members.add(.basis, kept: retry.basis.rawValue)
            try members.add(.giveUpAfterSeconds, retry.giveUpAfterSeconds)
        }

        private func write(_ list: Blocklist, to members: inout some JSONMembers) throws {
            try members.add(.kind, kept: list.kind.rawValue)
            if let lookup = list.lookup { try members.add(.lookup, kept: lookup) }
            try members.add(.name, kept: list.name)
        }

        private func write(_ link: Link, to members: inout some JSONMembers) throws {
            try members.add(.name, kept: link.name)
            try members.add(.rel, kept: link.rel.rawValue)
            // Filled in, it names an address of the client's.
            if link.template == nil {
                try members.add(.url, kept: link.url)
            } else {
                try members.add(.url, link.url)
            }
        }

        private func write(_ evidence: Evidence, to members: inout some JSONMembers) throws {
            let words = Echo(evidence.found, .part)
            try members.add(.category, kept: evidence.category.rawValue)
            try members.add(.found, words.text)
            try members.add(.kind, kept: evidence.kind.rawValue)
            if words.isCut { try members.add(.truncated, true) }
        }
    }

    /// The explanation of one reply among many, or the problem in its place.
    enum Element: JSONObject {
        case answer(Answer)
        case problem(Problem)

        func count(into summary: inout Summary) {
            switch self {
            case .answer(let answer): summary.add(answer.explanation)
            case .problem: summary.addUnread()
            }
        }

        func write(to members: inout some JSONMembers) throws {
            switch self {
            case .answer(let answer): try answer.write(to: &members)
            case .problem(let problem): try problem.write(to: &members)
            }
        }
    }

    /// The answer to a batch: each explanation or problem in the place of its reply.
    struct Batch: JSONObject {
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

        func write(to members: inout some JSONMembers) throws {
            try members.add(.count, count)
            try members.add(.explanations, each: explanations) { try $0.write(to: &$1) }
            try members.add(.summary, value: summary)
        }
    }
}
