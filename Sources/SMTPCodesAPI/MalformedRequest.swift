import CHTTPServer

extension chs_reason {
    /// What is wrong with a request, for the person who wrote the client that sent it.
    var sentence: String {
        switch self {
        case .CHS_REASON_NONE: "The request is not one of HTTP/1.1."
        case .CHS_REASON_METHOD: "The method is empty or has a character that may not be in it."
        case .CHS_REASON_TARGET: "The request target has a character that must be percent-encoded, or a fragment."
        case .CHS_REASON_TARGET_FORM: "The request target is neither a path that begins with / nor an http URI."
        case .CHS_REASON_TARGET_ASTERISK: "The request target * stands alone, and for OPTIONS only."
        case .CHS_REASON_TARGET_HOST: "The host in the request target is not valid."
        case .CHS_REASON_LINES:
            "The request has a NUL, a folded header, a line that does not end with CRLF, or more than one space "
                + "between the parts of the request line."
        case .CHS_REASON_HEADER_NAME: "The name of a header is empty or has a character that may not be in it."
        case .CHS_REASON_HEADER_VALUE: "The value of a header has a control character."
        case .CHS_REASON_NO_HOST: "There is no Host."
        case .CHS_REASON_HOST: "Host is not a host with or without a port."
        case .CHS_REASON_HOST_REPEATED: "There is more than one Host."
        case .CHS_REASON_LENGTH_REPEATED: "There is more than one Content-Length."
        case .CHS_REASON_LENGTH_AND_CODING: "Send either Content-Length or Transfer-Encoding, never both."
        case .CHS_REASON_CODING: "Transfer-Encoding, where there is one, must be: chunked."
        case .CHS_REASON_CODING_REPEATED: "There is more than one Transfer-Encoding."
        case .CHS_REASON_CODING_IN_HTTP_1_0: "HTTP/1.0 has no Transfer-Encoding: send Content-Length."
        case .CHS_REASON_CONNECT: "This server is no proxy: it does not take CONNECT."
        case .CHS_REASON_UNKNOWN_CODING: "The only transfer coding taken here is chunked."
        }
    }
}
