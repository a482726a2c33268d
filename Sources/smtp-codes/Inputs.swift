import Glibc
import SMTPExplain

/// What there is to read, piece by piece: the files that were named, and those in folders; logs in blocks of lines,
/// messages whole.
struct Inputs {
    enum Piece: Sendable {
        case lines([UInt8], table: LogTable?)
        case json([UInt8])
        case message([UInt8])
    }

    /// A message that is longer is cut.
    private static let mostOfMessage = 64 << 20
    /// JSON in one value that is longer is read as lines.
    private static let mostOfJSON = LineBlocks.mostBytes

    private enum Form {
        case log(LogTable?)
        case journal
        case json
        case message
        case mailbox
    }

    /// The last one is the next.
    private var paths: [String]
    private var blocks: LineBlocks?
    private var form = Form.log(nil)
    private var journal = JournalExport()
    /// What was read of a message, or of a value of JSON, that is not at its end.
    private var begun: [UInt8] = []
    private var ready: [Piece] = []
    private let complain: (String) -> Void

    /// Bytes of the files that have been read, and of all that are known so far.
    private(set) var bytesRead = 0
    private var bytesBefore = 0
    private(set) var bytesInAll = 0
    /// Could something not be read?
    private(set) var hasFailed = false

    /// `-` is standard input. `complain` is told of what cannot be read.
    init(_ paths: [String], complain: @escaping (String) -> Void) {
        self.complain = complain
        self.paths = []
        for path in paths.reversed() { add(path, isNamed: true) }
    }

    /// Is there nothing to be read now, as from a log that is still written?
    var isQuiet: Bool { ready.isEmpty && blocks?.isQuiet == true }

    /// The next piece; nil at the end, and when a signal interrupts it.
    mutating func next() -> Piece? {
        while ready.isEmpty {
            guard blocks != nil else {
                guard let path = paths.popLast() else { return nil }
                open(path)
                continue
            }
            if let block = blocks!.next() {
                take(block)
            } else {
                let error = blocks!.error
                closeFile()
                if error?.isInterrupted == true { return nil }
                if let error { fail(error.description) }
            }
            bytesRead = bytesBefore + (blocks?.bytesRead ?? 0)
        }
        return ready.removeFirst()
    }

    private mutating func fail(_ reason: String) {
        complain(reason)
        hasFailed = true
    }

    // MARK: - Files

    /// Folders are replaced by what is in them, in order of their names. `isNamed`: it is not only found in one; then what
    /// is no file is left out, as a pipe has no end, and so are links to folders, which may lead back.
    private mutating func add(_ path: String, isNamed: Bool) {
        guard path != "-" else { return paths.append(path) }
        var status = stat()
        guard stat(path, &status) == 0 else { return fail(ReadError(path).description) }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            guard isNamed || status.st_mode & S_IFMT == S_IFREG else { return }
            bytesInAll += Int(status.st_size)
            return paths.append(path)
        }
        if !isNamed, lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK { return }
        guard let folder = opendir(path) else { return fail(ReadError(path).description) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            // A Maildir's tmp holds what is not delivered yet.
            if !name.hasPrefix("."), name != "tmp" { names.append(name) }
        }
        for name in names.sorted().reversed() { add("\(path)/\(name)", isNamed: false) }
    }

    private mutating func open(_ path: String) {
        do {
            blocks = LineBlocks(try ByteSource(path))
            isFirstBlock = true
        } catch {
            fail(error.description)
        }
    }

    private mutating func closeFile() {
        if blocks!.hasCut { fail("\(blocks!.source.name): a line of more than 4 MiB is cut") }
        bytesBefore += blocks!.bytesRead
        blocks = nil
        endValue()
        giveLines(journal.end())
    }

    private var isFirstBlock = true

    // MARK: - Pieces

    private mutating func take(_ block: [UInt8]) {
        if isFirstBlock {
            isFirstBlock = false
            form = Self.form(of: block)
        }
        switch form {
        case .log(let table): ready.append(.lines(block, table: table))
        case .journal: giveLines(journal.lines(from: block))
        case .json: takeJSON(block)
        case .message: append(block[...])
        case .mailbox: takeMailbox(block)
        }
    }

    private mutating func giveLines(_ lines: [UInt8]) {
        if !lines.isEmpty { ready.append(.lines(lines, table: nil)) }
    }

    /// In a mailbox each message begins with a line of its own (RFC 4155).
    private mutating func takeMailbox(_ block: [UInt8]) {
        var start = 0
        while start < block.count {
            let end = block[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? block.count
            if block[start..<end].starts(with: Self.mailboxLine) {
                endValue()
            } else {
                append(block[start..<end])
            }
            start = end
        }
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        if begun.count < Self.mostOfMessage { begun += bytes }
    }

    private mutating func endValue() {
        guard !begun.isEmpty else { return }
        if case .json = form { ready.append(.json(begun)) } else { ready.append(.message(begun)) }
        begun = []
    }

    private mutating func takeJSON(_ block: [UInt8]) {
        begun += block
        guard begun.count > Self.mostOfJSON else { return }
        fail("\(blocks!.source.name): JSON of more than 4 MiB is read in lines: one event a line, as by jq -c")
        giveLines(begun)
        begun = []
        form = .log(nil)
    }

    private static let mailboxLine = Array("From ".utf8)

    private static func form(of start: [UInt8]) -> Form {
        if start.starts(with: mailboxLine) { return .mailbox }
        if JournalExport.begins(start) { return .journal }
        if BlockReader.isJSON(startOf: start) { return .json }
        return BlockReader.isMessage(startOf: start) ? .message : .log(LogTable(startOf: start))
    }
}
