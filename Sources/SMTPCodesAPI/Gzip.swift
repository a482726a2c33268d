import CZlib
import FoundationEssentials

/// gzip (RFC 1952), by zlib.
package enum Gzip {
    enum Fault: Error {
        /// The bytes are no gzip, or end too soon.
        case malformed
        case tooLarge
        case noRoom
    }

    /// Tells zlib that a gzip header is around its format, which has a window of 15 bits.
    private static let windowBits: Int32 = 15 + 16

    /// What was compressed, of one member or several (RFC 1952, section 2.2). Stops at more than `limit` bytes, and where
    /// `hold` gives false, which is asked for each piece whether there is memory for it.
    static func decompressed(
        _ compressed: Data, atMost limit: Int, hold: (Int) -> Bool = { _ in true }
    ) throws(Fault) -> Data {
        var stream = z_stream()
        guard inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .noRoom
        }
        defer { inflateEnd(&stream) }
        var output = Data()
        var fits = true
        let isWhole = compressed.withUnsafeBytes { input in
            // zlib only reads it.
            stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
            stream.avail_in = UInt32(input.count)
            var buffer = [UInt8](repeating: 0, count: 32 << 10)
            while true {
                let status = buffer.withUnsafeMutableBufferPointer { buffer in
                    stream.next_out = buffer.baseAddress
                    stream.avail_out = UInt32(buffer.count)
                    return inflate(&stream, Z_NO_FLUSH)
                }
                let piece = buffer[..<(buffer.count - Int(stream.avail_out))]
                fits = piece.isEmpty || hold(piece.count)
                if !fits { return true }
                output.append(contentsOf: piece)
                if output.count > limit { return true }
                if status == Z_STREAM_END {
                    if stream.avail_in == 0 { return true }
                    inflateReset(&stream)
                } else if status != Z_OK {
                    return false
                }
            }
        }
        guard isWhole else { throw .malformed }
        guard fits else { throw .noRoom }
        guard output.count <= limit else { throw .tooLarge }
        return output
    }

    /// The bytes compressed as far as zlib can; nil where it has no memory for it. The same bytes on every machine:
    /// the header has no time.
    package static func compressed(_ bytes: Data) -> Data? {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(&stream, 9, Z_DEFLATED, windowBits, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        var output = Data(count: Int(deflateBound(&stream, UInt(bytes.count))))
        let status = bytes.withUnsafeBytes { input in
            output.withUnsafeMutableBytes { output in
                stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.bindMemory(to: UInt8.self).baseAddress
                stream.avail_out = UInt32(output.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        return status == Z_STREAM_END ? output.prefix(Int(stream.total_out)) : nil
    }
}
