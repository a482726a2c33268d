/// A line of a stack trace: where in a program an error was thrown. It has numbers and names of files, and no reply.
enum StackFrame {
    /// What begins a frame, and what stands behind that, by language.
    private static let forms: [(begins: StaticString, has: [StaticString])] = [
        // Node, Java, .NET: `at SMTPConnection._onCommand (/srv/app/index.js:798:19)`.
        (
            "at ",
            [".js:", ".mjs:", ".cjs:", ".ts:", ".java:", ".kt:", ".scala:", ".cs:line ", "(node:", "native method)"]
        ),
        // Python: `File "/usr/lib/python3.11/smtplib.py", line 901, in sendmail`.
        ("file \"", ["\", line "]),
        // PHP: `#0 /srv/app/vendor/SMTP.php(550): ...`; Ruby: `from /usr/lib/ruby/3.1/net/smtp.rb:1017:in 'check_response'`.
        ("#", [".php("]), ("from ", [".rb:"]),
    ]

    static func stands(in line: ArraySlice<UInt8>) -> Bool {
        let rest = line.drop { $0.isBlank }
        // Hardly any line is one.
        guard let first = rest.first, [.ascii("a"), .ascii("f"), .ascii("#")].contains(first.lowercased) else {
            return false
        }
        let frame = Array(rest.prefix(1024))
        guard let form = forms.first(where: { frame.has($0.begins, at: 0) }) else { return false }
        return form.has.contains { frame.firstIndex(of: $0, in: frame.indices) != nil } || isCall(frame)
    }

    /// Is it `at System.Net.Mail.SmtpClient.Send(MailMessage message)`, and not `at mx.b.example (192.0.2.1)`?
    private static func isCall(_ frame: [UInt8]) -> Bool {
        guard frame.has("at ", at: 0) else { return false }
        let name = frame.dropFirst(3).prefix { $0.isWordByte || $0 == .ascii(".") || $0 == .ascii("_") }
        return name.contains(.ascii(".")) && name.endIndex + 1 < frame.count && frame[name.endIndex] == .ascii("(")
            && !frame[name.endIndex + 1].isDigit
    }
}
