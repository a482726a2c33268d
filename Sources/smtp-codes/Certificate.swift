import CTLS
import FoundationEssentials
import SMTPCodesAPI

extension Server.Certificate {
    /// Nil without files. Throws a ``Failure`` where one is missing or cannot be read, and where the two are no
    /// certificate and its key.
    init?(certificateFile: String?, keyFile: String?) throws {
        guard certificateFile != nil || keyFile != nil else { return nil }
        guard let certificateFile, let keyFile else {
            throw Failure.usage("--tls-certificate and --tls-key are given together, or none of them")
        }
        let certificate = try Self.read(certificateFile)
        let key = try Self.read(keyFile)
        if let fault = tls_fault(certificate, key) {
            throw Failure.configuration("\(certificateFile) with \(keyFile): \(String(cString: fault))")
        }
        self.init(certificate: certificate, key: key)
    }

    private static func read(_ file: String) throws -> String {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw Failure.configuration("\(file) cannot be read")
        }
        return text
    }
}
