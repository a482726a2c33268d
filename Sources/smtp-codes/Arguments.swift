import ArgumentParser
import SMTPExplain

extension Breakdown.Pivot: ExpressibleByArgument {}

extension LogTime: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
