import ArgumentParser
import SMTPExplain

extension Breakdown.Pivot: ExpressibleByArgument {
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension LogTime: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
