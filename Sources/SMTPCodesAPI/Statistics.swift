/// What the server has counted since it started.
package struct Statistics {
    struct Requests {
        let method: String
        /// Nil for requests that no route takes.
        let route: Route?
        let status: Int
        let count: UInt64
    }

    struct Durations {
        let route: Route?
        /// For each bound, the requests that took no longer than it and longer than the one before; those that
        /// took longer than all of them come last.
        let counts: [UInt64]
        /// Of all requests together.
        let seconds: Double
    }

    var requests: [Requests] = []
    var durations: [Durations] = []
    /// In seconds.
    var bounds: [Double] = []
    var connections = 0
    /// The connections that were closed without a whole answer, by the reason.
    var closings: [(reason: String, count: UInt64)] = []
}
