import SMTPCodesAPI
import Synchronization

/// Threads that work on several things at a time, and give back the results in the order in which the things came.
final class OrderedWorkers<Input: Sendable, Output: Sendable>: Sendable {
    private final class Job: Sendable {
        let input: Input
        let output = Mutex<Output?>(nil)
        let isDone = Semaphore()

        init(_ input: Input) { self.input = input }
    }

    private struct State {
        /// Not yet begun, the first one first.
        var waiting: [Job] = []
        /// Whose results nobody has taken, the first one first.
        var unclaimed: [Job] = []
    }

    private let state = Mutex(State())
    private let news = Semaphore()
    private let threads: Int

    /// `makeWork` is called on each thread, for work that keeps something of its own.
    init(threads: Int, _ makeWork: @escaping @Sendable () -> (Input) -> Output) throws {
        self.threads = threads
        for _ in 0..<threads {
            try startThread {
                let work = makeWork()
                while let job = self.nextJob() {
                    let output = work(job.input)
                    job.output.withLock { $0 = output }
                    job.isDone.signal()
                }
            }
        }
    }

    private func nextJob() -> Job? {
        news.wait()
        return state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
    }

    /// Should a result be taken before the next thing is given?
    var isFull: Bool { state.withLock { $0.unclaimed.count >= 2 * threads } }

    func give(_ input: Input) {
        let job = Job(input)
        state.withLock {
            $0.waiting.append(job)
            $0.unclaimed.append(job)
        }
        news.signal()
    }

    /// Waits for the next result; nil where all have been taken.
    func take() -> Output? {
        guard let job = state.withLock({ $0.unclaimed.isEmpty ? nil : $0.unclaimed.removeFirst() }) else { return nil }
        job.isDone.wait()
        return job.output.withLock { $0 }
    }

    /// Ends the threads once nothing waits.
    func end() { for _ in 0..<threads { news.signal() } }
}
