import SMTPCatalog

/// The fields of a delivery status notification (RFC 3464, RFC 6533): a group about the message, then a group for each
/// recipient. There may be very many, so a group is where it stands, and is read when it is asked for.
struct DeliveryReport {
    private let body: [UInt8]
    private let groups: [Span]
    let reportingMTA: String?
    let envelopeID: String?

    /// Where the fields of a recipient begin and end.
    private struct Span {
        let start: UInt32
        let end: UInt32
    }

    /// Reads the recipients of a body. In a broken one, an empty line stands amidst the fields of a recipient, or none
    /// between two of them.
    ///
    /// `header` is that of the part: where the empty line behind it is missing, the first fields are in it.
    init(_ body: [UInt8], header: HeaderFields? = nil) {
        self.body = body
        var reading = Reading()
        var lines = Lines(body[...])
        while case let start = lines.position, let line = lines.next() {
            reading.take(line, at: start)
        }
        reading.endGroup(at: body.count)
        groups = reading.groups.map { Span(start: UInt32($0.lowerBound), end: UInt32($0.upperBound)) }
        // Those of the message may stand together with those of the first recipient.
        var head = Lines(body[..<(groups.first.map { Int($0.end) } ?? body.count)])
        var fields = HeaderFields(&head)
        while !head.rest.isEmpty { fields.append(HeaderFields(&head)) }
        let reporting = fields["reporting-mta"] ?? header?["reporting-mta"]
        reportingMTA = reporting.flatMap(Self.host)
        envelopeID = fields["original-envelope-id"]
    }

    var count: Int { groups.count }

    subscript(index: Int) -> DeliveryStatus {
        let group = groups[index]
        var lines = Lines(body[Int(group.start)..<Int(group.end)])
        var fields = HeaderFields(&lines)
        while !lines.rest.isEmpty { fields.append(HeaderFields(&lines)) }
        return DeliveryStatus(fields)
    }

    /// `mx.b.example (192.0.2.7)` or `failed; for good` without the remark.
    static func firstWord(_ value: String) -> String {
        String(decoding: value.utf8.prefix { !$0.isBlank && !"(;,".utf8.contains($0) }, as: UTF8.self)
    }

    static func host(_ value: String) -> String? {
        let host = firstWord(Address.untyped(value))
        return host.isEmpty ? nil : host
    }

    /// Finds where the groups begin.
    private struct Reading {
        private(set) var groups: [Range<Int>] = []
        private var start = 0
        private var names: Names = []
        private var isAfterEmptyLine = true

        private struct Names: OptionSet {
            let rawValue: UInt8
            static let final = Names(rawValue: 1)
            static let original = Names(rawValue: 2)
            static let action = Names(rawValue: 4)
            static let status = Names(rawValue: 8)
            static let outcome: Names = [.action, .status]
            static let recipient: Names = [.final, .original]
        }

        mutating func take(_ line: ArraySlice<UInt8>, at position: Int) {
            if line.trimmed.isEmpty {
                isAfterEmptyLine = true
                return
            }
            let name = self.name(of: line)
            let isRecipient = !name.intersection(.recipient).isEmpty
            let isKnown = !names.intersection(.recipient).isEmpty
            // A second recipient, or what follows a complete first one.
            let repeats = !names.intersection(name).isEmpty
            if isKnown, isRecipient && repeats || isAfterEmptyLine && (repeats || names.isSuperset(of: .outcome)) {
                endGroup(at: position)
            } else if !isKnown, isAfterEmptyLine {
                start = position
                names = []
            }
            names.formUnion(name)
            isAfterEmptyLine = false
        }

        mutating func endGroup(at position: Int) {
            if !names.intersection(.recipient).isEmpty { groups.append(start..<position) }
            start = position
            names = []
        }

        private func name(of line: ArraySlice<UInt8>) -> Names {
            let head = Array(line.prefix(24))
            if head.has("final-recipient", at: 0) { return .final }
            if head.has("original-recipient", at: 0) { return .original }
            if head.has("action", at: 0) { return .action }
            if head.has("status", at: 0) { return .status }
            return []
        }
    }
}

/// What a report says about one recipient (RFC 3464, section 2.3).
struct DeliveryStatus {
    /// What became of the message, as far as the field Action says.
    enum Action: String {
        case failed, delayed, delivered, relayed, expanded
    }

    /// The address that was mailed, and the one that it led to; bare, but perhaps without a domain.
    let original: String?
    let final: String?
    let action: Action?
    let status: EnhancedCode?
    let remoteMTA: String?
    /// The reply of the remote server, without its type.
    let diagnostic: String?
    /// What else says why: a remark in the field Status, and fields of some systems.
    let remarks: [String]

    fileprivate init(_ fields: HeaderFields) {
        original = fields["original-recipient"].flatMap(Address.bare)
        final = fields["final-recipient"].flatMap(Address.bare)
        action = fields["action"].map { DeliveryReport.firstWord($0).lowercased() }
            .flatMap { $0 == "failure" ? .failed : Action(rawValue: $0) }
        let status = fields["status"] ?? ""
        self.status = Self.code(status)
        remoteMTA = fields["remote-mta"].flatMap(DeliveryReport.host)
        let diagnostic = fields["diagnostic-code"].map(Address.untyped)
        self.diagnostic = diagnostic.flatMap { $0.isEmpty ? nil : $0 }
        var remarks = Self.remarkFields.compactMap { fields[$0].map(Address.untyped) }
        // `5.1.2 (NXDOMAIN)`, or, as James has it, no code but words.
        let remark = self.status == nil ? status.utf8[...] : status.utf8.drop { !$0.isBlank && $0 != .ascii("(") }
        if remark.count > 3 {
            var remark = Array(remark)[...].trimmed
            if remark.first == .ascii("("), remark.last == .ascii(")") { remark = remark.dropFirst().dropLast() }
            remarks.insert(remark.string, at: 0)
        }
        self.remarks = remarks.filter { !$0.isEmpty }
    }

    private static let remarkFields = [
        "x-exim-diagnostic", "x-network-error", "x400-supplementary-info", "x-supplementary-info", "x-notes",
        "x-display-reason",
    ]

    private static func code(_ status: String) -> EnhancedCode? {
        EnhancedCode(DeliveryReport.firstWord(status)).flatMap { $0.classDigit == nil ? nil : $0 }
    }
}
