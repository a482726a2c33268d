import CTLS
import FoundationEssentials
import SMTPCodesAPI
import SMTPExplain

/// The files that the service reads at its start, and again on SIGHUP.
struct ServedFiles {
    let rules: String?
    let certificate: String?
    let key: String?

    /// The operator's own rules; none without a file. Throws a ``Failure`` that says what is wrong with it, and where.
    func readRules() throws -> Rules {
        guard let rules else { return Rules() }
        do {
            let source = try ByteSource(rules)
            var json = Data()
            // Of what is too long, the beginning is enough to say so.
            while json.count <= Rules.mostBytes, case let bytes = try source.read(), !bytes.isEmpty {
                json.append(contentsOf: bytes)
            }
            return try Rules(json: json)
        } catch let fault as Rules.Fault {
            throw Failure.configuration("\(rules): \(fault)")
        } catch {
            // It names the file itself.
            throw Failure.configuration("\(error)")
        }
    }

    /// Nil without files. Throws a ``Failure`` where one is missing or cannot be read, and where the two are no
    /// certificate and its key.
    func readCertificate() throws -> Server.Certificate? {
        guard certificate != nil || key != nil else { return nil }
        guard let certificate, let key else {
            throw Failure.usage("--tls-certificate and --tls-key are given together, or none of them")
        }
        let texts = (try read(certificate), try read(key))
        if let fault = tls_fault(texts.0, texts.1) {
            throw Failure.configuration("\(certificate) with \(key): \(String(cString: fault))")
        }
        return Server.Certificate(certificate: texts.0, key: texts.1)
    }

    private func read(_ file: String) throws -> String {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw Failure.configuration("\(file) cannot be read")
        }
        return text
    }
}
