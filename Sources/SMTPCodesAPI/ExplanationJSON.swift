import FoundationEssentials
import SMTPExplain

extension Explanation {
    /// What `/explain` answers for the reply, as JSON in one line.
    public func json(input: String) -> Data {
        Service.encode(ExplainRoute.Answer(input: input, explanation: self), pretty: false)
    }
}
