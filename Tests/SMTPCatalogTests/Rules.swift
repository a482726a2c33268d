import FoundationEssentials

/// What every sentence of the catalog keeps to; the faults of this one, none when it is sound.
func faults(inProse text: String) -> [String] {
    var faults = faults(inTitle: text)
    if !text.hasSuffix(".") || text.hasSuffix("..") { faults.append("does not end with one full stop") }
    return faults
}

/// What every name and short wording keeps to.
func faults(inTitle text: String) -> [String] {
    var faults: [String] = []
    if text.isEmpty { faults.append("is empty") }
    if text.first?.isWhitespace == true || text.last?.isWhitespace == true { faults.append("has space around it") }
    if text.contains("  ") { faults.append("has a double space") }
    if text.contains("\u{2014}") { faults.append("has an em dash") }
    if text.contains(where: \.isNewline) { faults.append("has a line break") }
    return faults
}

/// An address that a browser opens: http or https, a host, and nothing that would need escaping.
func isWebAddress(_ text: String) -> Bool {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let url = URL(string: text),
        url.scheme == "https" || url.scheme == "http", let host = url.host()
    else { return false }
    return host.contains(".") && !host.hasPrefix(".") && !host.hasSuffix(".")
}

extension Sequence where Element: Hashable {
    /// The elements that occur more than once.
    var repeated: Set<Element> {
        var seen: Set<Element> = []
        return Set(filter { !seen.insert($0).inserted })
    }
}
