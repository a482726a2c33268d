import FoundationEssentials
import Glibc
import Synchronization

/// Gives things one after the other, each when it is asked.
typealias Source<Thing> = () -> Next<Thing>

enum Next<Thing> {
    case one(Thing)
    /// It has worked, or waited, for nothing: ask again when others had their turn.
    case nothing
    case end

    func map<Other>(_ transform: (Thing) -> Other) -> Next<Other> {
        switch self {
        case .one(let thing): .one(transform(thing))
        case .nothing: .nothing
        case .end: .end
        }
    }
}

func source<Thing>(of things: some Sequence<Thing>) -> Source<Thing> {
    var rest = things.makeIterator()
    return { rest.next().map { .one($0) } ?? .end }
}

/// What is made of each thing, one after the other.
func flatMap<Thing, Other>(
    _ things: @escaping Source<Thing>, _ transform: @escaping (Thing) -> Source<Other>
) -> Source<Other> {
    var others: Source<Other>?
    return {
        if let next = others?() {
            guard case .end = next else { return next }
            others = nil
        }
        switch things() {
        case .one(let thing): others = transform(thing)
        case .nothing: break
        case .end: return .end
        }
        return .nothing
    }
}

/// What takes longer to make than others on the thread may wait for: it is made on a thread of its own, once it is asked
/// for.
func later<Thing>(_ make: @escaping @Sendable () -> Source<Thing>) -> Source<Thing> {
    var making: Making<Source<Thing>>?
    var source: Source<Thing>?
    return {
        if let source { return source() }
        if making == nil { making = Making(make) }
        guard let made = making!.take() else { return .nothing }
        making = nil
        source = made
        return made()
    }
}

/// Something that a thread of its own makes.
private final class Making<Value>: Sendable {
    // Written before `isMade` is, and read after it.
    private nonisolated(unsafe) var value: Value?
    private let isMade = Atomic(false)

    init(_ make: @escaping @Sendable () -> Value) {
        let work: @Sendable () -> Void = {
            self.value = make()
            self.isMade.store(true, ordering: .releasing)
        }
        // Where there can be no thread, others wait.
        do { try startThread(work) } catch { work() }
    }

    /// Nil where it is not there yet, after a millisecond.
    func take() -> Value? {
        if !isMade.load(ordering: .acquiring) { usleep(1000) }
        return isMade.load(ordering: .acquiring) ? value : nil
    }
}
