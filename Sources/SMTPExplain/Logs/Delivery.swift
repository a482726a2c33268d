/// One attempt to deliver a message to one recipient, as a log tells it.
public struct Delivery: Sendable {
    /// What the sending side made of it.
    public enum Outcome: String, CaseIterable, Sendable {
        case sent, deferred, bounced
        /// The log does not say, as a list of replies does not.
        case unknown
    }

    public internal(set) var time: LogTime?
    /// What the server calls the message.
    public internal(set) var queueID: String?
    public internal(set) var sender: String?
    public internal(set) var recipient: String?
    /// The host that replied, where the log has it apart from the reply.
    public internal(set) var host: String?
    /// The command that was answered, likewise.
    var command: String?
    public internal(set) var outcome: Outcome
    /// The reply, with what the log has around it.
    public internal(set) var reply: [UInt8]
    /// Is all of ``reply`` one reply, whatever it says, rather than a line that may carry one?
    var isReply = false
    /// What joins it to the line that names its recipient, where that is another one.
    var attempt: String?

    init(
        _ outcome: Outcome, queueID: String? = nil, sender: String? = nil, recipient: String? = nil,
        host: String? = nil, reply: [UInt8], time: LogTime? = nil, attempt: String? = nil
    ) {
        self.time = time
        self.queueID = queueID
        self.sender = sender
        self.recipient = recipient
        self.host = host
        self.outcome = outcome
        self.reply = reply
        self.attempt = attempt
    }
}

extension Delivery {
    public var replyText: String { Charset.text(reply) }
}

/// What a line of a log tells.
enum LogEvent {
    case delivery(Delivery)
    /// Who sent the message: where the line has its id and the address, as most such lines are left out again.
    case sender(queueID: Range<Int>, address: Range<Int>)
    case knownSender(queueID: String, address: String)
    /// To whom an attempt goes whose outcome another line tells.
    case attempt(String, queueID: String, recipient: String)
}
