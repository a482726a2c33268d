import CEmbedded
import FoundationEssentials
import SMTPExplain
import Synchronization

/// The answers of every route, without a socket: the same request gives the same bytes on every machine.
package final class Service: Sendable {
    static let version = "1.1.0"

    private let explain: Mutex<ExplainRoute>
    private let rulesLoaded: Mutex<Date>
    private let logLinesDropped: @Sendable () -> Int
    private let maxBody: Int
    private let explanations = ExplanationCounts()
    private let started = Date()
    private let draining = Atomic(false)

    /// `maxBody` is in bytes; the router enforces it, but for bodies that are compressed. `logLinesDropped` is asked
    /// for `/metrics`.
    package init(maxBody: Int, rules: Rules = Rules(), logLinesDropped: @escaping @Sendable () -> Int = { 0 }) {
        self.maxBody = maxBody
        self.logLinesDropped = logLinesDropped
        explain = Mutex(ExplainRoute(explainer: Explainer(rules: rules), counts: explanations, maxBody: maxBody))
        rulesLoaded = Mutex(Date())
    }

    /// Requests that come from now on are explained by these rules; those in work keep the ones they began with.
    package func replace(rules: Rules) {
        let explainer = Explainer(rules: rules)
        explain.withLock { $0 = ExplainRoute(explainer: explainer, counts: explanations, maxBody: maxBody) }
        rulesLoaded.withLock { $0 = Date() }
    }

    /// From now on `/readyz` answers 503.
    func startDraining() {
        draining.store(true, ordering: .relaxed)
    }

    /// The paths whose answers never change.
    static let constantPaths: [String] =
        ([.codes, .enhanced, .providers, .categories, .openAPI, .healthz] as [Route]).map(\.rawValue)
        + CodesRoute.paths + EnhancedRoute.paths + ProvidersRoute.paths + CategoriesRoute.paths + PageRoute.paths

    package func answer(_ request: Request) -> Response {
        do throws(Problem) {
            if let fault = request.fault { throw problem(fault, request) }
            guard let route = request.route else { throw problem(.notFound, request) }
            // A link to the page may carry whatever others append to links.
            if route == .index, IndexRoute.wantsPage(request.accept) { return PageRoute.document }
            let query = try Query(request.query, allowing: route.parameters)
            return try answer(route, request, query, pretty: query.pretty())
        } catch {
            return answer(error, request)
        }
    }

    private func answer(_ route: Route, _ request: Request, _ query: Query, pretty: Bool) throws(Problem) -> Response {
        let parameter = request.parameter ?? ""
        switch route {
        case .index: return index(request, pretty)
        case .codes: return try json(CodesRoute.list(query), pretty)
        case .code: return try json(CodesRoute.entry(parameter), pretty)
        case .enhanced: return try json(EnhancedRoute.list(query), pretty)
        case .enhancedCode: return try json(EnhancedRoute.entry(parameter), pretty)
        case .providers: return json(ProvidersRoute.list(), pretty)
        case .provider: return try json(ProvidersRoute.entry(parameter), pretty)
        case .categories: return json(CategoriesRoute.list(), pretty)
        case .category: return try json(CategoriesRoute.entry(parameter), pretty)
        case .search:
            let explainer = explain.withLock { $0 }.explainer
            return try json(SearchRoute.answer(query) { explainer.explain($0) }, pretty)
        case .explain:
            switch try explain.withLock({ $0 }).answer(request, query) {
            case .whole(let answer): return json(answer, pretty, .noStore)
            case .stream(let pieces, let type):
                return Response(headers: [type, .noStore, .loadsNothing], body: .stream(ExplainStream(pieces)))
            }
        case .page: return try PageRoute.file(parameter)
        case .openAPI: return Response(headers: [.yaml, .cacheable, .loadsNothing], body: .whole(Self.openAPI))
        case .healthz: return json(["status": "ok"], pretty, .noStore)
        case .readyz: return try json(readiness(), pretty, .noStore)
        case .metrics:
            let metrics = MetricsRoute.answer(
                request.statistics ?? Statistics(), explanations, since: started,
                rulesLoaded: rulesLoaded.withLock { $0 }, logLinesDropped: logLinesDropped())
            return Response(headers: [.prometheus, .noStore, .loadsNothing], body: .whole(metrics))
        }
    }

    private func json(
        _ answer: some Encodable, _ pretty: Bool, _ caching: Response.Header = .cacheable
    ) -> Response {
        Response(headers: [.json, caching, .loadsNothing], body: .whole(Self.encode(answer, pretty: pretty)))
    }

    private func index(_ request: Request, _ pretty: Bool) -> Response {
        var response = json(IndexRoute.Answer(), pretty)
        response.headers.append(IndexRoute.vary)
        return response
    }

    private static var openAPI: Data { Data(bytes: embedded_openapi(), count: embedded_openapi_size()) }

    private func readiness() throws(Problem) -> [String: String] {
        if draining.load(ordering: .relaxed) { throw .draining }
        return ["status": "ok"]
    }

    // MARK: - Problems

    private func problem(_ fault: Request.Fault, _ request: Request) -> Problem {
        switch fault {
        case .notFound: .notFound("There is nothing at \(request.path); GET / lists the routes.")
        case .moved: .moved(request.path)
        case .methodNotAllowed:
            .methodNotAllowed(
                request.path, takes: request.route?.isPost == true ? "POST and OPTIONS" : "GET, HEAD and OPTIONS")
        case .badPath:
            .malformedPath(
                "The last part of the path has a bad percent escape, an escaped slash or NUL, or is not UTF-8.")
        case .lengthRequired: .lengthRequired
        case .bodyTooLarge: .bodyTooLarge(limit: maxBody)
        case .bodiesTooLarge: .bodiesTooLarge
        case .badRequest(let reason): .badRequest(reason)
        case .notImplemented(let reason): .notImplemented(reason)
        case .targetTooLong(let limit): .targetTooLong(limit: limit)
        case .headersTooLarge(let limit): .headersTooLarge(limit: limit)
        }
    }

    private func answer(_ problem: Problem, _ request: Request) -> Response {
        var problem = problem
        problem.instance = request.path
        var headers: [Response.Header] = [.problem, .noStore, .loadsNothing]
        if problem.status == 503 { headers.append(.retrySoon) }
        if problem.status == 415 { headers += [ExplainRoute.accepted, ExplainRoute.acceptedCodings] }
        let pretty = (try? Query(request.query, allowing: request.route?.parameters ?? []).pretty()) ?? false
        return Response(status: problem.status, headers: headers, body: .whole(Self.encode(problem, pretty: pretty)))
    }

    static func encode(_ answer: some Encodable, pretty: Bool) -> Data {
        encoding {
            if !pretty, let object = answer as? any JSONObject { return try JoinedJSON.data(object) }
            return try (pretty ? JSON.pretty : JSON.compact).encode(answer)
        }
    }

    static func encoding<Result>(_ encode: () throws -> Result) -> Result {
        do {
            return try encode()
        } catch {
            // Our answers are strings, numbers and lists of them, which always encode.
            preconditionFailure("An answer does not encode: \(error)")
        }
    }
}
