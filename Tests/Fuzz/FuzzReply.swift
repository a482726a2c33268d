import SMTPExplain

private let explainer = Explainer()

/// Called by libFuzzer with bytes of its making.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReply(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let reply = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let it = explainer.explain(reply)
    // What is shown as evidence stands in the reply, or is a code of it.
    precondition(it.evidence.allSatisfy { !$0.found.isEmpty || reply.isEmpty || $0.kind == .text })
    return 0
}
