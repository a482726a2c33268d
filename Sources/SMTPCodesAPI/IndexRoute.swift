/// `GET /`: what there is.
enum IndexRoute {
    struct Answer: Encodable {
        struct Item: Encodable {
            let description: String
            let method: String
            let path: String
        }

        let documentation = "/openapi.yaml"
        let name = "smtp-codes"
        let routes = Route.allCases.map { route in
            Item(description: route.summary, method: route == .explain ? "POST" : "GET", path: route.rawValue)
        }
        let version = Service.version
    }
}
