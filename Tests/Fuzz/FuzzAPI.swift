import FoundationEssentials
import SMTPCodesAPI
import StrictJSON

private let service = Service(maxBody: 1 << 16)
private let types = [
    "application/json", "application/x-ndjson", "text/plain", "application/x-www-form-urlencoded", "application/mbox",
    nil,
]

/// Called by libFuzzer with bytes of its making: the first chooses route and content type; then comes the query, or the
/// parameter of the path, up to a NUL, and then the body.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAPI(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    guard let choice = bytes.first else { return 0 }
    let rest = bytes.dropFirst()
    let text = String(decoding: rest.prefix { $0 != 0 }, as: UTF8.self)
    let body = Data(rest.drop { $0 != 0 }.dropFirst())
    let route = Int(choice) < Route.allCases.count ? Route.allCases[Int(choice)] : .explain
    let hasParameter = route.rawValue.utf8.contains(UInt8(ascii: "{"))
    let response = service.answer(
        Request(
            route: route, path: route.rawValue, parameter: hasParameter ? text : nil, query: hasParameter ? nil : text,
            contentType: types[Int(choice) % types.count], contentEncoding: choice > 0xF0 ? "gzip" : nil, body: body))
    precondition(response.status < 500)
    switch response.body {
    case .whole(let answer):
        if route != .metrics, route != .openAPI, route != .page || response.status != 200 { check(answer) }
    case .stream(let stream):
        var answer = Data()
        stream.forEachBlock(of: 4096) { answer += $0 }
        for line in answer.split(separator: 0x0A) { check(line) }
    }
    return 0
}

/// Whatever was asked, the answer is JSON.
private func check(_ answer: Data) {
    _ = answer.withUnsafeBytes { bytes in try! JSONReader.read(bytes) }
}

/// What a static holds is never freed, and the leak checker does not find it where the pointers to it carry tags, as
/// those in Data do. Whatever else is lost still counts.
@_cdecl("__lsan_default_suppressions")
public func leaksToSuppress() -> UnsafePointer<UInt8> {
    let madeForStatics: StaticString = "leak:swift::threading_impl::once_slow\n"
    return madeForStatics.utf8Start
}
