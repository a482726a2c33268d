import FoundationEssentials
import StrictJSON

/// A form (`application/x-www-form-urlencoded`): `reply=550+5.1.1+No+such+user&id=7`.
enum Form {
    /// Does the body begin with a name that an explanation takes? curl sends anything under a form's content type.
    static func isForm(_ body: Data) -> Bool {
        ExplainRequest.Reply.names.contains {
            body.starts(with: $0.utf8) && body.dropFirst($0.utf8.count).first == UInt8(ascii: "=")
        }
    }

    /// The same as an object of JSON has it.
    static func members(_ body: Data) throws(Problem) -> [(name: String, value: JSONValue)] {
        let text = String(decoding: body, as: UTF8.self)
        var members: [(name: String, value: JSONValue)] = []
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try decode(parts[0])
            members.append((name, .string(try parts.count > 1 ? decode(parts[1]) : "")))
        }
        return members
    }

    private static func decode(_ text: Substring) throws(Problem) -> String {
        guard let decoded = Query.decode(text) else {
            throw .malformedBody(
                "\(text.quoted) has a bad percent escape, or is not UTF-8: encode the form, or send text/plain.")
        }
        return decoded
    }
}
