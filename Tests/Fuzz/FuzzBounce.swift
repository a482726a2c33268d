import SMTPExplain

private let explainer = Explainer()
private let types = [
    "message/rfc822", "message/delivery-status", "multipart/report; boundary=\"b\"", "multipart/report",
]

/// Called by libFuzzer with bytes of its making; the first one chooses the content type.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzBounce(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let type = types[Int(bytes.first ?? 0) % types.count]
    for _ in explainer.explain(message: bytes.dropFirst(), contentType: type).recipients {}
    return 0
}
