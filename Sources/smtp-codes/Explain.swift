import ArgumentParser
import FoundationEssentials
import Glibc
import SMTPExplain

/// Explains replies, logs and bounces without a server.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explains a reply, a log or bounces.",
        discussion: """
            Reads mail logs of Postfix, Exim, Sendmail, qmail, OpenSMTPD, Haraka, PowerMTA, KumoMTA, Exchange and \
            Stalwart, journald's JSON, lists of replies, bounces, mailboxes and folders of them; also compressed \
            with gzip.

            EXAMPLES
              smtp-codes explain '550 5.1.1 No such user'
              smtp-codes explain /var/log/mail.log /var/log/mail.log.*.gz
              smtp-codes explain --by domain --since 2026-03-01 mail.log
              smtp-codes explain --dead suppress.txt ~/Maildir/.Bounces
              tail -f mail.log | smtp-codes explain --output ndjson -
            """)

    @Argument(help: "Files and folders, - for standard input (the default), or one reply.")
    var inputs: [String] = []

    @Option(help: "What to count by.")
    var by = Breakdown.Pivot.category

    @Option(help: "text, json (the counts), ndjson (a line for each delivery) or csv (the rows).")
    var output = Output.text

    @Option(help: "How many rows of the table to show; 0: all.")
    var top = 20

    @Option(help: "Leave out what happened before, as 2026-03-05 or 2026-03-05T10:11:12.")
    var since: LogTime?

    @Option(help: "Leave out what happened then or later.")
    var until: LogTime?

    @Option(help: "Write the addresses to stop mailing to this file, one a line.")
    var dead: String?

    @Option(help: "A JSON file of phrases, provider codes and blocklists of your own. (default: none)")
    var rules: String?

    @Option(help: "How many threads work. (default: one a core)")
    var threads: Int?

    enum Output: String, ExpressibleByArgument, CaseIterable {
        case text, json, ndjson, csv
    }

    func validate() throws {
        guard (threads ?? 1) > 0, (threads ?? 1) <= 1024 else {
            throw ValidationError("--threads must be from 1 to 1024")
        }
        guard top >= 0 else { throw ValidationError("--top must not be negative") }
    }

    func run() throws {
        let files = ServedFiles(rules: rules ?? Environment.text("SMTP_CODES_RULES"), certificate: nil, key: nil)
        let explainer = Explainer(rules: try files.readRules())
        if let reply = Self.singleReply(inputs) {
            print(reply, explainer.explain(firstIn: reply))
        } else {
            if inputs.isEmpty, isatty(STDIN_FILENO) == 1 { Terminal.complain("reads standard input, up to Ctrl-D") }
            try ExplainLogs(self, explainer).run()
        }
    }

    /// The only argument, where it is a reply and no file.
    private static func singleReply(_ inputs: [String]) -> String? {
        guard inputs.count == 1, let argument = inputs.first, argument != "-", access(argument, F_OK) != 0 else {
            return nil
        }
        let begins = argument.utf8.prefix(3)
        let isCode = begins.count == 3 && begins.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        return isCode || argument.contains(" ") ? asTyped(argument) : nil
    }

    /// The argument in the character set that it came in; Swift makes UTF-8 of it, whatever it is.
    private static func asTyped(_ argument: String) -> String {
        for index in 0..<Int(CommandLine.argc) {
            guard let bytes = CommandLine.unsafeArgv[index], String(cString: bytes) == argument else { continue }
            return Charset.text(UnsafeBufferPointer(start: bytes, count: strlen(bytes)).map(UInt8.init(bitPattern:)))
        }
        return Charset.text(argument.utf8)
    }

    private func print(_ reply: String, _ explanation: Explanation) {
        switch output {
        case .text: Swift.print(VerdictText(explanation).text)
        case .json, .ndjson: Swift.print(String(decoding: explanation.json(input: reply), as: UTF8.self))
        case .csv: break
        }
    }
}
