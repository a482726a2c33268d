/// Joins what lines far apart tell of one delivery: the sender stands where the message came in, and qmail's recipient
/// where the attempt began. Remembers a bounded number of messages.
struct DeliveryJoiner {
    private var senders = BoundedMap<String>(most: 1 << 15)
    private var attempts = BoundedMap<(queueID: String, recipient: String)>(most: 1 << 13)

    mutating func remember(sender: String, queueID: String) { senders[queueID] = sender }

    mutating func remember(attempt: String, queueID: String, recipient: String) {
        attempts[attempt] = (queueID, recipient)
    }

    mutating func complete(_ delivery: inout Delivery) {
        if let attempt = delivery.attempt, let known = attempts[attempt] {
            delivery.queueID = known.queueID
            delivery.recipient = known.recipient
        }
        if delivery.sender == nil, let id = delivery.queueID { delivery.sender = senders[id] }
    }
}

/// Keeps at least the last `most` values that were set, and at most twice as many.
struct BoundedMap<Value> {
    private let most: Int
    private var recent: [String: Value] = [:]
    private var older: [String: Value] = [:]

    init(most: Int) { self.most = most }

    subscript(key: String) -> Value? {
        get { recent[key] ?? older[key] }
        set {
            if recent.count == most {
                older = recent
                recent.removeAll(keepingCapacity: true)
            }
            recent[key] = newValue
        }
    }
}
