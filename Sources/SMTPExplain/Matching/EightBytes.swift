/// Eight bytes of a text in a register, the first of them in its lowest bits. What is asked of all of them at once is
/// answered for each by its highest bit.
struct EightBytes {
    /// Answers to one question: only the highest bit of each byte is ever set.
    typealias Answers = UInt64

    let bytes: UInt64

    private static let highest: UInt64 = 0x8080_8080_8080_8080
    private static let lowest: UInt64 = 0x0101_0101_0101_0101

    /// As memory has them.
    @inline(__always)
    init(_ bytes: UInt64) { self.bytes = bytes.littleEndian }

    /// Is it no ASCII?
    @inline(__always)
    var isWide: Answers { bytes & Self.highest }

    /// Is it one of these, which are ASCII?
    @inline(__always)
    func isAmong(_ range: ClosedRange<UInt8>) -> Answers {
        let ascii = bytes & ~Self.highest
        let isAtLeast = ascii &+ Self.lowest &* UInt64(0x80 &- range.lowerBound)
        let isMore = ascii &+ Self.lowest &* UInt64(0x7F &- range.upperBound)
        return isAtLeast & ~isMore & ~bytes & Self.highest
    }

    @inline(__always)
    var isDigit: Answers { isAmong(0x30...0x39) }

    @inline(__always)
    var isSmallLetter: Answers { isAmong(0x61...0x7A) }

    /// White space other than a space.
    @inline(__always)
    var isOtherSpace: Answers { isAmong(0x09...0x0D) }

    @inline(__always)
    var isSpace: Answers { isAmong(0x20...0x20) }

    @inline(__always)
    var endsWithSpace: Bool { bytes &>> 56 == 0x20 }

    /// Does a space follow another, or the first of the bytes the one before them?
    @inline(__always)
    func hasSpaceBehindSpace(_ followsSpace: Bool) -> Bool {
        isSpace & (isSpace &<< 8 | (followsSpace ? 0x80 : 0)) != 0
    }

    /// The first of the bytes that is neither a small letter nor a space; 8 where all are.
    @inline(__always)
    var firstMark: Int { (~(isSmallLetter | isSpace) & Self.highest).trailingZeroBitCount &>> 3 }

    /// In lower case.
    @inline(__always)
    var lowercased: EightBytes { EightBytes(little: bytes | isAmong(0x41...0x5A) &>> 2) }

    /// With a plain space for each white space.
    @inline(__always)
    var withPlainSpaces: EightBytes {
        let others = isOtherSpace
        // Of each, all bits.
        let all = (others &>> 7) &* 0xFF
        return EightBytes(little: bytes & ~all | others &>> 2)
    }

    @inline(__always)
    private init(little bytes: UInt64) { self.bytes = bytes }

    /// As memory has them.
    @inline(__always)
    var inMemory: UInt64 { bytes.littleEndian }

    /// The answers side by side, a bit for each of the bytes.
    @inline(__always)
    static func bits(_ answers: Answers) -> UInt64 { ((answers &>> 7) &* 0x0102_0408_1020_4080) &>> 56 }
}
