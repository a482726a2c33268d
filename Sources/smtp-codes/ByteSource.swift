import CZlib
import Glibc

/// The bytes of a file or of standard input; those of gzip are decoded.
final class ByteSource {
    /// For those who are told of a fault.
    let name: String
    private let descriptor: Int32
    private var inflater: Inflater?
    /// What was read to see whether it is gzip.
    private var head: [UInt8] = []
    /// Of the file itself, before it is decoded.
    private(set) var bytesRead = 0

    static let size = 1 << 20

    /// `-` is standard input. Throws a ``ReadError``.
    init(_ path: String) throws(ReadError) {
        name = path == "-" ? "standard input" : path
        descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ReadError(path) }
        head = try readRaw()
        if head.starts(with: [0x1F, 0x8B]) { inflater = Inflater() }
        if let other = Self.others.first(where: { head.starts(with: $0.magic) }) {
            throw ReadError(name, "is compressed; decompress it first, as by \(other.command)")
        }
    }

    /// What other compressed files begin with, and what reads them.
    private static let others: [(magic: [UInt8], command: String)] = [
        (Array("BZh".utf8), "bzip2 -dc"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz -dc"),
        ([0x28, 0xB5, 0x2F, 0xFD], "zstd -dc"), ([0x50, 0x4B, 0x03, 0x04], "unzip -p"),
    ]

    deinit { close(descriptor) }

    /// The next bytes, as soon as there are any; empty at the end.
    func read() throws(ReadError) -> [UInt8] {
        guard let inflater else { return try next() }
        while true {
            if inflater.needsInput {
                let input = try next()
                if input.isEmpty {
                    if inflater.isInside { throw ReadError(name, "ends in the middle of its gzip data") }
                    return []
                }
                inflater.give(input)
            }
            guard let output = inflater.inflate() else { throw ReadError(name, "has bad gzip data") }
            if !output.isEmpty { return output }
        }
    }

    /// Would reading have to wait?
    var isQuiet: Bool {
        if let inflater, !inflater.needsInput { return false }
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&ready, 1, 0) == 0
    }

    private func next() throws(ReadError) -> [UInt8] {
        guard head.isEmpty else {
            defer { head = [] }
            return head
        }
        return try readRaw()
    }

    private func readRaw() throws(ReadError) -> [UInt8] {
        var error: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.size) { buffer, count in
            let read = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            error = read < 0 ? errno : 0
            count = max(0, read)
        }
        // A signal: whoever waits asks whether to go on.
        if error == EINTR { throw ReadError(name, interrupted: true) }
        if error != 0 { throw ReadError(name, String(cString: strerror(error))) }
        bytesRead += bytes.count
        return bytes
    }
}

/// Why something cannot be read, or not to its end.
struct ReadError: Error, CustomStringConvertible {
    let description: String
    var isInterrupted = false

    /// With the reason that errno has.
    init(_ name: String) { self.init(name, String(cString: strerror(errno))) }
    init(_ name: String, _ reason: String) { description = "\(name): \(reason)" }
    init(_ name: String, interrupted: Bool) {
        description = name
        isInterrupted = interrupted
    }
}

/// Decodes gzip, of which a file may have several members one behind the other (RFC 1952, section 2.2).
private final class Inflater {
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var input: [UInt8] = []
    private var position = 0
    /// Is a member begun and not ended?
    private(set) var isInside = true

    init() {
        stream.initialize(to: z_stream())
        // It fails for want of memory alone, and then so does inflate.
        _ = czlib_inflate_init(stream)
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    var needsInput: Bool { position == input.count }

    func give(_ bytes: [UInt8]) {
        input = bytes
        position = 0
    }

    /// The next bytes; nil where the data is bad.
    func inflate() -> [UInt8]? {
        if !isInside {
            // Zeros may fill up a tape's block.
            while position < input.count, input[position] == 0 { position += 1 }
            guard position < input.count else { return [] }
            inflateReset(stream)
            isInside = true
        }
        var status = Z_OK
        let output = [UInt8](unsafeUninitializedCapacity: ByteSource.size) { buffer, count in
            input.withUnsafeMutableBufferPointer { bytes in
                stream.pointee.next_in = bytes.baseAddress! + position
                stream.pointee.avail_in = UInt32(bytes.count - position)
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(buffer.count)
                status = CZlib.inflate(stream, Z_NO_FLUSH)
                position = bytes.count - Int(stream.pointee.avail_in)
                count = buffer.count - Int(stream.pointee.avail_out)
            }
        }
        if status == Z_STREAM_END { isInside = false }
        return status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR ? output : nil
    }
}
