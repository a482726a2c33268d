/// Names that are spelled nearly alike.
enum Spelling {
    /// Longer ones are no names of ours.
    private static let longest = 64

    /// The one of the names that needs the fewest changes of a letter to be the wanted one; nil where the nearest
    /// needs more than a third of its letters changed.
    static func nearest<Name>(to wanted: String, among names: [Name], spelled spelling: (Name) -> String) -> Name? {
        let wanted = Array(wanted.utf8.prefix(longest + 1))
        guard (1...longest).contains(wanted.count) else { return nil }
        let distances = names.map { ($0, distance(wanted, Array(spelling($0).utf8))) }
        guard let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= max(1, (wanted.count + 1) / 3) else {
            return nil
        }
        return best.0
    }

    /// How many letters have to be put in, left out or replaced to make one word of the other (Levenshtein).
    static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in b.enumerated() {
                let replaced = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
