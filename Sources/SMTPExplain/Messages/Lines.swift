/// Goes through bytes line by line, whatever ends the lines: CRLF, LF or CR.
struct Lines {
    let bytes: ArraySlice<UInt8>
    /// Where the next line begins.
    var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var rest: ArraySlice<UInt8> { bytes[position...] }

    /// The next line without its end; nil at the end.
    mutating func next() -> ArraySlice<UInt8>? {
        guard position < bytes.endIndex else { return nil }
        let start = position
        while position < bytes.endIndex, !bytes[position].isLineBreak { position += 1 }
        let line = bytes[start..<position]
        if position < bytes.endIndex {
            let isReturn = bytes[position] == .ascii("\r")
            position += 1
            if isReturn, position < bytes.endIndex, bytes[position] == .ascii("\n") { position += 1 }
        }
        return line
    }
}
